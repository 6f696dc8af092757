// GraphiQL speaks English only and has no place to say it otherwise: its words in Vietnamese, by the file that has them, put
// in when the page is built. A word that a newer version no longer has there fails the build.
/** Those that come with systems and have Vietnamese; DejaVu Sans Mono draws "ố" over the next letter. */
const FONT = `'Roboto Mono', Consolas, Menlo, 'Liberation Mono', monospace`

/** A tab is called as its first line says, where that is a comment; else by its operation, as ever. */
const TITLE = (query) => `(/^#\\s*(\\S.{0,80}?)[.:]?\\s*$/m.exec((${query} ?? '').split('\\n', 1)[0])?.[1])`

const SECTIONS = {
  Arguments: 'Tham số',
  'Deprecated Arguments': 'Tham số cũ',
  'Deprecated Enum Values': 'Giá trị cũ',
  'Deprecated Fields': 'Trường cũ',
  Directives: 'Chỉ dẫn',
  'Enum Values': 'Các giá trị',
  Fields: 'Các trường',
  Implements: 'Thuộc',
  Implementations: 'Gồm',
  'Possible Types': 'Gồm',
  'Root Types': 'Kiểu gốc',
  Type: 'Kiểu',
  'All Schema Types': 'Mọi kiểu',
}

const WORDS = {
  '@graphiql/react/dist/utility/create-editor.js': {
    // The font that it brings has no Vietnamese.
    '"\\"Fira Code\\""': JSON.stringify(FONT),
    // The answer's lines are wrapped, and those of the query were not.
    'roundedSelection: false,': 'roundedSelection: false, wordWrap: "on",',
  },
  '@graphiql/react/dist/utility/tabs.js': {
    'title: operationName || DEFAULT_TITLE': `title: ${TITLE('query')} || operationName || DEFAULT_TITLE`,
    'title: newTab.operationName ||': `title: ${TITLE('newTab.query')} || newTab.operationName ||`,
    '"<untitled>"': '"<chưa có tên>"',
  },
  '@graphiql/react/dist/components/execute-button/index.js': {
    '${isRunning ? "Stop" : "Execute"} query': '${isRunning ? "Dừng" : "Chạy"} truy vấn',
    '<Unnamed ': '<Chưa có tên ',
  },
  '@graphiql/react/dist/components/tabs/index.js': { '"Close Tab"': '"Đóng thẻ"' },
  '@graphiql/react/dist/components/dialog/index.js': { '"Close dialog"': '"Đóng"' },
  '@graphiql/react/dist/components/response-editor.js': { '"Result Window"': '"Câu trả lời"' },
  '@graphiql/react/dist/stores/execution.js': {
    'Request not sent. ${editor === variableEditor ? "Variables" : "Request headers"}':
      'Chưa gửi. ${editor === variableEditor ? "Biến" : "Tiêu đề yêu cầu"}',
  },
  '@graphiql/react/dist/utility/jsonc.js': {
    'are invalid JSON: ': 'chưa đúng JSON: ',
    'are not a JSON object.': 'phải là một đối tượng JSON.',
  },
  'graphiql/dist/GraphiQL.js': {
    '"New tab"': '"Thẻ mới"',
    '"Show" : "Hide"} editor tools': '"Hiện" : "Ẩn"} biến và tiêu đề',
    'children: "Variables"': 'children: "Biến"',
    'children: "Headers"': 'children: "Tiêu đề yêu cầu"',
    '? "Variables" : "Headers"': '? "Biến" : "Tiêu đề yêu cầu"',
    '"Editor Commands"': '"Lệnh soạn thảo"',
    '"Operation Editor"': '"Soạn truy vấn"',
    '"Select active operation"': '"Chọn thẻ truy vấn"',
  },
  'graphiql/dist/ui/toolbar.js': {
    'Prettify query': 'Trình bày lại',
    'Merge fragments into query': 'Gộp các đoạn (fragment) vào truy vấn',
    'Copy query': 'Sao chép truy vấn',
  },
  'graphiql/dist/ui/sidebar.js': {
    'Re-fetch GraphQL schema': 'Tải lại lược đồ',
    '"Open short keys dialog"': '"Phím tắt"',
    '"Open settings dialog"': '"Cài đặt"',
    '"Hide" : "Show"': '"Ẩn" : "Hiện"',
    '"Short Keys"': '"Phím tắt"',
    '"This modal provides a list of available keyboard shortcuts and their functions."': '"Các phím tắt và công dụng."',
    '"Settings"': '"Cài đặt"',
    '"This modal lets you adjust header persistence, interface theme, and clear local storage."':
      '"Giao diện, và xóa những gì trình duyệt này đã giữ."',
    'children: "Theme"': 'children: "Giao diện"',
    '"Adjust how the interface appears."': '"Sáng, tối, hoặc theo máy."',
    'children: "System"': 'children: "Theo máy"',
    'children: "Light"': 'children: "Sáng"',
    'children: "Dark"': 'children: "Tối"',
    '"Clear storage"': '"Xóa dữ liệu đã giữ"',
    '"Remove all locally stored data and start fresh."': '"Xóa các thẻ và lịch sử mà trình duyệt này đã giữ."',
    '"Cleared data"': '"Đã xóa"',
    '"Failed"': '"Không xóa được"',
    '"Clear data"': '"Xóa"',
  },
  'graphiql/dist/ui/short-keys.js': {
    '"Execute query"': '"Chạy truy vấn"',
    '"Open the Command Palette (you must have focus in the editor)"': '"Mở bảng lệnh (khi con trỏ ở ô soạn thảo)"',
    '"Prettify editors"': '"Trình bày lại"',
    '"Copy query"': '"Sao chép truy vấn"',
    '"Re-fetch schema using introspection"': '"Tải lại lược đồ"',
    '"Search in documentation"': '"Tìm trong tài liệu"',
    '"Search in editor"': '"Tìm trong ô soạn thảo"',
    '"Merge fragments definitions into operation definition"': '"Gộp các đoạn (fragment) vào truy vấn"',
    '"Short Key"': '"Phím"',
    '"Function"': '"Công dụng"',
  },
  '@graphiql/plugin-history/dist/components.js': {
    'props.item.label ||': `props.item.label || ${TITLE('props.item.query')} ||`,
    '"History"': '"Lịch sử"',
    '"Cleared"': '"Đã xóa"',
    '"Failed to Clear"': '"Không xóa được"',
    '"Clear"': '"Xóa hết"',
    '"Type a label"': '"Ghi tên"',
    'children: "Save"': 'children: "Lưu"',
    '"Set active"': '"Mở lại"',
    '"Edit label"': '"Sửa tên"',
    '"Remove favorite" : "Add favorite"': '"Bỏ đánh dấu" : "Đánh dấu"',
    '"Delete from history"': '"Xóa khỏi lịch sử"',
  },
  '@graphiql/plugin-history/dist/index.js': { 'title: "History"': 'title: "Lịch sử"' },
  '@graphiql/plugin-doc-explorer/dist/context.js': {
    'title: "Documentation Explorer"': 'title: "Tài liệu"',
    'name: "Docs"': 'name: "Tài liệu"',
    'Show Documentation Explorer': 'Hiện Tài liệu',
  },
  '@graphiql/plugin-doc-explorer/dist/components/doc-explorer.js': {
    '"Documentation Explorer"': '"Tài liệu"',
    '"Error fetching schema"': '"Không tải được lược đồ"',
    '"No GraphQL schema available"': '"Chưa có lược đồ"',
    'Go back to ': 'Về ',
  },
  '@graphiql/plugin-doc-explorer/dist/components/schema-documentation.js': {
    '"A GraphQL schema provides a root type for each kind of operation."':
      '"Mỗi loại thao tác bắt đầu từ một kiểu gốc."',
  },
  '@graphiql/plugin-doc-explorer/dist/components/field-documentation.js': {
    '"Show Deprecated Arguments"': '"Hiện cả tham số cũ"',
  },
  '@graphiql/plugin-doc-explorer/dist/components/type-documentation.js': {
    '"Show Deprecated Fields"': '"Hiện cả trường cũ"',
    '"Show Deprecated Values"': '"Hiện cả giá trị cũ"',
  },
  // Titles are keys of its pictures: they are changed where they are shown.
  '@graphiql/plugin-doc-explorer/dist/components/section.js': {
    '      t1,\n      title\n': `      t1,\n      ${JSON.stringify(SECTIONS)}[title] ?? title\n`,
  },
  'graphiql-explorer/dist/Explorer.js': {
    "'Add new'": "'Thêm'",
    "'Remove the variable' : 'Extract the current value into a GraphQL variable'":
      "'Bỏ biến' : 'Đưa giá trị này ra thành biến'",
    "'Extract selections into a new reusable fragment'": "'Tách thành một đoạn (fragment) dùng lại được'",
  },
  '@graphiql/plugin-doc-explorer/dist/components/search.js': {
    '`Search ${navItem.name}...`': '`Tìm trong ${navItem.name}`',
    '"No results found"': '"Không tìm thấy"',
    '"Other results"': '"Kết quả khác"',
  },
}

/** @returns a plugin of the bundler */
export function vietnamese() {
  const left = new Map(Object.entries(WORDS).map(([file, words]) => [file, Object.entries(words)]))
  return {
    name: 'vietnamese',
    transform(code, id) {
      const path = id.replaceAll('\\', '/').split('?')[0]
      const file = [...left.keys()].find((one) => path.endsWith(`/node_modules/${one}`))
      if (!file) return null
      const missing = left.get(file).filter(([word]) => !code.includes(word))
      if (missing.length > 0) this.error(`${file} has no ${missing.map(([word]) => word).join(', ')}`)
      const said = left.get(file).reduce((text, [word, ours]) => text.replaceAll(word, () => ours), code)
      left.delete(file)
      return { code: said, map: null }
    },
    buildEnd(error) {
      if (!error && left.size > 0) this.error(`not met: ${[...left.keys()].join(', ')}`)
    },
  }
}
