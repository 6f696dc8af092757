// What graphql-js, its executors, Yoga and Pothos say to a client, as they write it, and the same in Vietnamese. A slot in
// braces stands for what they put in: a name or a value is kept, `{message}` is another sentence, `{token}` and `{found}` a piece
// of text as the parser names it, `{value}` anything, written as GraphQL or JSON. "Did you mean" at an end is of no sentence.

/** Codes that a sentence has where the library gives none. */
export type LibraryCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'BAD_REQUEST'
  | 'METHOD_NOT_ALLOWED'
  | 'BAD_INPUT'

type Sentences = Readonly<Record<string, string>>

const SYNTAX: Sentences = {
  'Syntax Error: {message}': 'truy vấn sai cú pháp: {message}',
  'Unexpected single quote character (\'), did you mean to use a double quote (")?':
    'gặp dấu nháy đơn (\'); có phải là dấu nháy kép (") không?',
  'Unexpected character: {value}.': 'gặp ký tự không hợp lệ {value}',
  'Invalid character: {value}.': 'gặp ký tự không hợp lệ {value}',
  'Invalid number, unexpected digit after 0: {value}.': 'số không hợp lệ: sau chữ số 0 ở đầu lại có {value}',
  'Invalid number, expected digit but got: {value}.': 'số không hợp lệ: cần một chữ số nhưng gặp {value}',
  'Invalid character within String: {value}.': 'chuỗi chứa ký tự không hợp lệ {value}',
  'Unterminated string.': 'chuỗi thiếu dấu nháy kép đóng',
  'Invalid Unicode escape sequence: "{value}".': 'cách viết Unicode "{value}" không hợp lệ',
  'Invalid character escape sequence: "{value}".': 'cách viết ký tự "{value}" không hợp lệ',
  'Unexpected description, descriptions are not supported on shorthand queries.':
    'truy vấn viết tắt, chỉ có { … }, không được có mô tả',
  'Unexpected description, only GraphQL definitions support descriptions.': 'mô tả chỉ đứng trước một định nghĩa',
  'Unexpected variable "{variable}" in constant value.':
    'ở đây phải là giá trị cố định, không được dùng biến "{variable}"',
  '{token} is reserved and cannot be used for an enum value.': '{token} là từ dành riêng, không dùng làm giá trị được',
  'Expected {token}, found {found}.': 'cần {token} nhưng gặp {found}',
  'Expected "{name}", found {found}.': 'cần "{name}" nhưng gặp {found}',
  'Unexpected {token}.': 'không được có {token} ở đây',
  'Source contains more than {number} UTF-16 code units. Parsing aborted.': 'truy vấn dài hơn {number} ký tự',
  'Document contains more than {number} comments. Parsing aborted.': 'truy vấn có hơn {number} chú thích',
  'Document contains more that {number} tokens. Parsing aborted.': 'truy vấn có hơn {number} từ và dấu',
}

const VALIDATION: Sentences = {
  'The {name} definition is not executable.': 'định nghĩa {name} không phải là truy vấn',
  'Cannot query field "{field}" on type "{type}".': 'kiểu "{type}" không có trường "{field}"',
  'Fragment cannot condition on non composite type "{type}".':
    'fragment không đặt được trên kiểu "{type}" vì kiểu này không có trường',
  'Fragment "{name}" cannot condition on non composite type "{type}".':
    'fragment "{name}" không đặt được trên kiểu "{type}" vì kiểu này không có trường',
  'Unknown argument "{argument}" on field "{field}".': 'trường "{field}" không có tham số "{argument}"',
  'Unknown argument "{argument}" on directive "{name}".': 'chỉ dẫn "{name}" không có tham số "{argument}"',
  'Unknown directive "{name}".': 'không có chỉ dẫn "{name}"',
  'Directive "{name}" may not be used on {place}.': 'chỉ dẫn "{name}" không dùng được ở {place}',
  'The directive "{name}" can only be used once at this location.': 'chỉ dẫn "{name}" chỉ được ghi một lần ở đây',
  'Unknown fragment "{name}".': 'không có fragment "{name}"',
  'Unknown type "{type}".': 'không có kiểu "{type}"',
  'This anonymous operation must be the only defined operation.':
    'thao tác không có tên phải là thao tác duy nhất; hãy đặt tên cho từng thao tác',
  'Maximum introspection depth exceeded': 'câu hỏi về chính lược đồ lồng nhau quá sâu',
  'Cannot spread fragment "{name}" within itself via {path}.': 'fragment "{name}" gọi lại chính nó qua {path}',
  'Cannot spread fragment "{name}" within itself.': 'fragment "{name}" gọi lại chính nó',
  'Fragment "{name}" is never used.': 'fragment "{name}" không được dùng ở đâu',
  'Variable "{variable}" is not defined by operation "{name}".': 'thao tác "{name}" không khai báo biến "{variable}"',
  'Variable "{variable}" is not defined.': 'biến "{variable}" không được khai báo',
  'Variable "{variable}" is never used in operation "{name}".': 'thao tác "{name}" không dùng biến "{variable}"',
  'Variable "{variable}" is never used.': 'biến "{variable}" không được dùng',
  'Variable "{variable}" cannot be non-input type "{type}".':
    'biến "{variable}" không thể có kiểu "{type}": kiểu này chỉ có trong câu trả lời',
  'Variable "{variable}" of type "{type}" used in position expecting type "{expected}".':
    'biến "{variable}" có kiểu "{type}" nhưng chỗ dùng cần kiểu "{expected}"',
  'Variable "{variable}" is of type "{type}" but must be non-nullable to be used for OneOf Input Object "{expected}".':
    'biến "{variable}" có kiểu "{type}" nhưng trong "{expected}" phải là kiểu không rỗng (có dấu !)',
  'Fields "{name}" conflict because {message}. Use different aliases on the fields to fetch both if this was intentional.':
    'tên "{name}" dùng cho hai câu hỏi khác nhau: {message}. Nếu cần cả hai, hãy đặt cho mỗi câu hỏi một bí danh',
  'they have differing arguments': 'tham số không giống nhau',
  '"{name}" and "{field}" are different fields': '"{name}" và "{field}" là hai trường khác nhau',
  'they return conflicting types "{type}" and "{expected}"': 'kiểu trả lời "{type}" và "{expected}" không giống nhau',
  'Fragment cannot be spread here as objects of type "{type}" can never be of type "{expected}".':
    'không dùng được fragment ở đây: đối tượng kiểu "{type}" không bao giờ là "{expected}"',
  'Fragment "{name}" cannot be spread here as objects of type "{type}" can never be of type "{expected}".':
    'không dùng được fragment "{name}" ở đây: đối tượng kiểu "{type}" không bao giờ là "{expected}"',
  'Field "{field}" argument "{argument}" of type "{type}" is required, but it was not provided.':
    'trường "{field}" phải có tham số "{argument}" kiểu "{type}"',
  'Directive "{name}" argument "{argument}" of type "{type}" is required, but it was not provided.':
    'chỉ dẫn "{name}" phải có tham số "{argument}" kiểu "{type}"',
  'Field "{field}" must not have a selection since type "{type}" has no subfields.':
    'trường "{field}" có kiểu "{type}", không có trường con: bỏ phần { … } sau nó',
  'Field "{field}" of type "{type}" must have a selection of subfields.':
    'trường "{field}" có kiểu "{type}": phải ghi cần những trường con nào',
  'Field "{field}" of type "{type}" must have at least one field selected.':
    'trường "{field}" có kiểu "{type}": phải ghi ít nhất một trường con',
  'Subscription "{name}" must select only one top level field.': 'lượt theo dõi "{name}" chỉ được hỏi một trường gốc',
  'Anonymous Subscription must select only one top level field.': 'mỗi lượt theo dõi chỉ được hỏi một trường gốc',
  'Subscription "{name}" must not select an introspection top level field.':
    'lượt theo dõi "{name}" không được hỏi về chính lược đồ',
  'Anonymous Subscription must not select an introspection top level field.':
    'lượt theo dõi không được hỏi về chính lược đồ',
  'There can be only one argument named "{argument}".': 'tham số "{argument}" bị ghi hai lần',
  'There can be only one fragment named "{name}".': 'có hai fragment cùng tên "{name}"',
  'There can be only one input field named "{field}".': 'trường "{field}" bị ghi hai lần',
  'There can be only one operation named "{name}".': 'có hai thao tác cùng tên "{name}"',
  'There can be only one variable named "{variable}".': 'biến "{variable}" bị khai báo hai lần',
}

/** Of values, in a text and in variables, by whichever executor reads them. */
const VALUES: Sentences = {
  'Variable "{variable}" got invalid value {value}; {message}':
    'biến "{variable}" không nhận giá trị {value}: {message}',
  'Variable "{variable}" got invalid value {value} at "{path}"; {message}':
    'biến "{variable}" không nhận giá trị {value} ở "{path}": {message}',
  'Variable "{variable}" has invalid value: {message}': 'biến "{variable}" có giá trị chưa đúng: {message}',
  'Variable "{variable}" expected value of type "{type}" which cannot be used as an input type.':
    'biến "{variable}" không thể có kiểu "{type}"',
  'Variable "{variable}" of required type "{type}" was not provided.': 'thiếu biến bắt buộc "{variable}" kiểu "{type}"',
  'Variable "{variable}" of non-null type "{type}" must not be null.':
    'biến "{variable}" kiểu "{type}" không được là null',
  'Too many errors processing variables, error limit reached. Execution aborted.':
    'các biến sai quá nhiều chỗ, không nêu hết được',
  'Argument "{argument}" of required type "{type}" was not provided.':
    'thiếu tham số bắt buộc "{argument}" kiểu "{type}"',
  'Argument "{argument}" of required type "{type}" was provided the variable "{variable}" which was not provided a runtime value.':
    'tham số bắt buộc "{argument}" kiểu "{type}" lấy giá trị từ biến "{variable}", nhưng biến này không có giá trị',
  'Argument "{argument}" of non-null type "{type}" must not be null.':
    'tham số "{argument}" kiểu "{type}" không được là null',
  'Argument "{argument}" has invalid value {value}.': 'tham số "{argument}" không nhận giá trị {value}',
  'Argument "{argument}" of type "{type}" has invalid value {value}.':
    'tham số "{argument}" kiểu "{type}" không nhận giá trị {value}',
  'Expected non-nullable type "{type}" not to be null.': 'kiểu "{type}" không được là null',
  'Expected type "{type}" to be an object.': 'kiểu "{type}" phải là một đối tượng',
  'Expected type "{type}". {message}': 'cần kiểu "{type}": {message}',
  'Expected type "{type}".': 'cần kiểu "{type}"',
  'Exactly one key must be specified for OneOf type "{type}".': 'kiểu "{type}" phải có đúng một trường',
  'OneOf Input Object "{type}" must specify exactly one key.': 'kiểu "{type}" phải có đúng một trường',
  'Field "{field}" of required type "{type}" was not provided.': 'thiếu trường bắt buộc "{field}" kiểu "{type}"',
  'Field "{field}" is not defined by type "{type}".': 'kiểu "{type}" không có trường "{field}"',
  'Field "{field}" must be non-null.': 'trường "{field}" không được là null',
  'Expected value of type "{type}", found {value}.': 'cần giá trị kiểu "{type}" nhưng gặp {value}',
  'Expected value of type "{type}", found {value}; {message}': 'cần giá trị kiểu "{type}" nhưng gặp {value}: {message}',
  'Expected value of type "{type}", but encountered error "{message}"; found: {value}.':
    'cần giá trị kiểu "{type}" nhưng gặp {value}: {message}',
  'Expected a value of non-null type "{type}" to be provided.': 'thiếu giá trị bắt buộc kiểu "{type}"',
  'Expected value of non-null type "{type}" not to be null.': 'giá trị kiểu "{type}" không được là null',
  'Expected value of type "{type}" to be an object, found: {value}.':
    'kiểu "{type}" phải là một đối tượng, nhưng gặp {value}',
  'Expected value of type "{type}" to include required field "{field}", found: {value}.':
    'kiểu "{type}" thiếu trường bắt buộc "{field}" trong {value}',
  'Expected value of type "{type}" not to include unknown field "{field}".{hint} Found: {value}.':
    'kiểu "{type}" không có trường "{field}"{hint}: gặp {value}',
  'Expected variable "{variable}" provided to type "{type}" to provide a runtime value.':
    'biến "{variable}" dùng cho kiểu "{type}" phải có giá trị',
  'Expected variable "{variable}" provided to non-null type "{type}" not to be null.':
    'biến "{variable}" dùng cho kiểu "{type}" không được là null',
  'Expected variable "{variable}" provided to field "{field}" for OneOf Input Object type "{type}" to provide a runtime value.':
    'biến "{variable}" của trường "{field}" trong kiểu "{type}" phải có giá trị',
  'Expected variable "{variable}" provided to field "{field}" for OneOf Input Object type "{type}" not to be null.':
    'biến "{variable}" của trường "{field}" trong kiểu "{type}" không được là null',
  'Expected value of type "{type}", found: {value}.': 'cần giá trị kiểu "{type}" nhưng gặp {value}',
  'Expected value of type "{type}" not to include unknown field "{field}", found: {value}.':
    'kiểu "{type}" không có trường "{field}": gặp {value}',
  'Int cannot represent non-integer value: {value}': 'phải là số nguyên, không phải {value}',
  'Int cannot represent non 32-bit signed integer value: {value}':
    'phải là số nguyên từ −2.147.483.648 đến 2.147.483.647, không phải {value}',
  'Float cannot represent non numeric value: {value}': 'phải là số, không phải {value}',
  'String cannot represent value: {value}': 'phải là chuỗi, không phải {value}',
  'String cannot represent a non string value: {value}': 'phải là chuỗi, không phải {value}',
  'Boolean cannot represent a non boolean value: {value}': 'phải là true hoặc false, không phải {value}',
  'ID cannot represent value: {value}': 'phải là mã (id), không phải {value}',
  'ID cannot represent a non-string and non-integer value: {value}': 'phải là mã (id), không phải {value}',
  'Enum "{type}" cannot represent value: {value}': '"{type}" không có giá trị {value}',
  'Enum "{type}" cannot represent non-string value: {value}.': '"{type}" nhận tên một giá trị, không phải {value}',
  'Enum "{type}" cannot represent non-enum value: {value}.':
    '"{type}" nhận tên một giá trị, viết không có dấu nháy, không phải {value}',
  'Value "{value}" does not exist in "{type}" enum.': '"{type}" không có giá trị "{value}"',
}

const OPERATIONS: Sentences = {
  'Must provide operation name if query contains multiple operations.':
    'có nhiều thao tác: phải ghi operationName, là thao tác nào',
  'Unknown operation named "{name}".': 'không có thao tác nào tên "{name}"',
  'Must provide an operation.': 'phải có một thao tác: query, mutation hoặc subscription',
  'Could not determine what operation to execute.':
    'không rõ phải chạy thao tác nào: ghi operationName là tên một thao tác trong truy vấn',
  'Schema is not configured to execute {name} operation.': 'ở đây không có thao tác {name}',
  'The subscription field "{field}" is not defined.': 'không có trường "{field}" để theo dõi',
}

const REQUESTS: Sentences = {
  'Must provide query string.': 'thiếu truy vấn: gửi văn bản của nó dưới tên "query"',
  'Batching is not supported.': 'mỗi yêu cầu chỉ gửi được một thao tác: không nhận một danh sách',
  'Batching is limited to {number} operations per request.': 'mỗi yêu cầu chỉ gửi được {number} thao tác',
  'POST body is expected to be object but received {value}':
    'nội dung gửi bằng POST phải là một đối tượng JSON, không phải {value}',
  'POST body sent invalid JSON.': 'nội dung gửi bằng POST không phải là JSON',
  'Invalid "params" in the request body': 'nội dung của yêu cầu không đọc được',
  'Unexpected parameter "{argument}" in the request body.':
    'nội dung của yêu cầu có "{argument}", chỉ nhận query, variables, operationName, extensions và documentId',
  'Expected params to be an object but given {value}.':
    'nội dung của yêu cầu phải là một đối tượng JSON, không phải {value}',
  'Expected "{argument}" param to be a string, but given {value}.': '"{argument}" phải là chuỗi, không phải {value}',
  'Expected "{argument}" param to be empty or an object, but given {value}.':
    '"{argument}" phải là một đối tượng JSON hoặc để trống, không phải {value}',
  'Request body too large': 'nội dung của yêu cầu quá lớn',
  'Content-Length header is invalid.': 'tiêu đề Content-Length không hợp lệ',
  'Missing multipart form field "operations"': 'biểu mẫu thiếu trường "operations"',
  'Multipart form field "{argument}" must be a string': 'trường "{argument}" của biểu mẫu phải là chuỗi',
  'Multipart form field "{argument}" must be a valid JSON string': 'trường "{argument}" của biểu mẫu phải là JSON',
  'POST body sent invalid multipart data: {message}': 'biểu mẫu gửi lên không đọc được: {message}',
  'File size limit exceeded: {number} bytes': 'tệp lớn hơn {number} byte',
  'Field name size exceeded: {number} bytes': 'tên một trường dài hơn {number} byte',
  'Field value size exceeded: {number} bytes': 'một trường lớn hơn {number} byte',
  'Fields limit exceeded: {number}': 'có hơn {number} trường',
  'Files limit exceeded: {number}': 'có hơn {number} tệp',
  'Parts limit exceeded: {number}': 'có hơn {number} phần',
  'Multipart: Boundary not found': 'tiêu đề Content-Type thiếu boundary',
  'Unexpected end of multipart data': 'biểu mẫu bị cắt ngang',
  'Part terminated early due to unexpected end of multipart data': 'biểu mẫu bị cắt ngang giữa một phần',
  PersistedQueryMismatch: 'sha256Hash không phải là mã SHA-256 của truy vấn gửi kèm',
}

const METHODS: Sentences = {
  'Can only perform a mutation operation from a POST request.': 'thao tác mutation phải gửi bằng POST',
  'GraphQL only supports GET and POST requests.': 'chỉ trả lời GET và POST',
}

/** Of pages and global ids. */
const PAGES: Sentences = {
  'Argument "{argument}" must be a non-negative integer': 'tham số "{argument}" phải là số nguyên không âm',
  'Argument "last" can only be used in combination with "before" or "first"':
    'tham số "last" chỉ dùng cùng "before" hoặc "first"',
  'Arguments "{argument}" and "{name}" are not supported at the same time':
    'không dùng cùng lúc hai tham số "{argument}" và "{name}"',
  'Invalid base64 string': 'không phải là mã (id) của máy chủ này',
  'Invalid global ID: {value}': '{value} không phải là mã (id) của máy chủ này',
  'ID: {value} is not of type: {type}': '{value} không phải là mã (id) của {type}',
  '{type} does not support loading by id': 'không đọc {type} theo mã (id) được',
  'Invalid offset cursor {value}': 'con trỏ trang {value} không hợp lệ',
  'Unsupported cursor type {value}': 'con trỏ trang không thể có kiểu {value}',
  'Cursor chunk must be a string': 'con trỏ trang phải là chuỗi',
  'Cursor must be a string': 'con trỏ trang phải là chuỗi',
  'Invalid cursor': 'con trỏ trang không hợp lệ',
  'Invalid cursor: {value}': 'con trỏ trang {value} không hợp lệ',
  'Invalid cursor chunk: {value}': 'con trỏ trang {value} không hợp lệ',
  'Invalid cursor type {value}': 'con trỏ trang kiểu {value} không hợp lệ',
  'Expected compound cursor to contain an array, but got {value}': 'con trỏ trang không hợp lệ: gặp {value}',
  'Expected compound cursor to contain {number} elements, but got {value}':
    'con trỏ trang phải gồm {number} phần, nhưng có {value}',
  'Invalid id received for {name} of {type}': 'mã (id) không hợp lệ cho {name} của {type}',
}

export const SENTENCES: Readonly<Record<LibraryCode, readonly Sentences[]>> = {
  GRAPHQL_PARSE_FAILED: [SYNTAX],
  GRAPHQL_VALIDATION_FAILED: [VALIDATION],
  OPERATION_RESOLUTION_FAILURE: [OPERATIONS],
  BAD_REQUEST: [REQUESTS],
  METHOD_NOT_ALLOWED: [METHODS],
  BAD_INPUT: [VALUES, PAGES],
}

/** How the parser names what it finds, and the rule about names why two fields cannot share one. */
export const WORDS: Readonly<Record<string, string>> = {
  '<SOF>': 'đầu truy vấn',
  '<EOF>': 'hết truy vấn',
  Name: 'tên',
  Int: 'số nguyên',
  Float: 'số',
  String: 'chuỗi',
  BlockString: 'chuỗi',
  Comment: 'chú thích',
}
