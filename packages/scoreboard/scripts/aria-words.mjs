// React Aria speaks to screen readers in the languages that it has, and Vietnamese is none of them: its words in Vietnamese,
// by the thing that says them, put beside the others when the page is built. A newer version that says more than this fails
// the build.
import { readFileSync } from 'node:fs'

/** Of those parts that the pages use; the others keep English, which nobody hears. */
export const WORDS = {
  'react-aria/calendar': {
    previous: 'Trước',
    next: 'Sau',
    selectedDateDescription: ({ date }) => `Ngày đã chọn: ${date}`,
    selectedRangeDescription: ({ dateRange }) => `Khoảng đã chọn: ${dateRange}`,
    todayDate: ({ date }) => `Hôm nay, ${date}`,
    todayDateSelected: ({ date }) => `Hôm nay, ${date}, đang chọn`,
    dateSelected: ({ date }) => `${date}, đang chọn`,
    startRangeSelectionPrompt: 'Nhấn để bắt đầu chọn khoảng ngày',
    finishRangeSelectionPrompt: 'Nhấn để kết thúc khoảng ngày',
    minimumDate: 'Ngày đầu tiên được chọn',
    maximumDate: 'Ngày cuối cùng được chọn',
    dateRange: ({ startDate, endDate }) => `${startDate} đến ${endDate}`,
  },
  'react-aria/datepicker': {
    era: 'kỷ nguyên',
    year: 'năm',
    month: 'tháng',
    day: 'ngày',
    hour: 'giờ',
    minute: 'phút',
    second: 'giây',
    dayPeriod: 'SA/CH',
    calendar: 'Lịch',
    startDate: 'Ngày bắt đầu',
    endDate: 'Ngày kết thúc',
    weekday: 'thứ',
    timeZoneName: 'múi giờ',
    selectedDateDescription: ({ date }) => `Ngày đã chọn: ${date}`,
    selectedRangeDescription: ({ startDate, endDate }) => `Khoảng đã chọn: ${startDate} đến ${endDate}`,
    selectedTimeDescription: ({ time }) => `Giờ đã chọn: ${time}`,
  },
  'react-stately/datepicker': {
    rangeUnderflow: ({ minValue }) => `Phải từ ngày ${minValue} trở đi.`,
    rangeOverflow: ({ maxValue }) => `Phải đến ngày ${maxValue} trở về trước.`,
    rangeReversed: 'Ngày bắt đầu phải trước ngày kết thúc.',
    unavailableDate: 'Ngày này không chọn được.',
  },
  'react-aria/combobox': {
    focusAnnouncement: ({ isGroupChange, groupTitle, groupCount, optionText, isSelected }) =>
      `${isGroupChange ? `Nhóm ${groupTitle}, ${groupCount} lựa chọn. ` : ''}${optionText}${isSelected ? ', đang chọn' : ''}`,
    countAnnouncement: ({ optionCount }) => `Có ${optionCount} lựa chọn.`,
    selectedAnnouncement: ({ optionText }) => `${optionText}, đã chọn`,
    buttonLabel: 'Xem gợi ý',
    listboxLabel: 'Gợi ý',
  },
  'react-aria/menu': {
    longPressMessage: 'Nhấn giữ hoặc nhấn Alt + mũi tên xuống để mở',
  },
  'react-aria/overlays': { dismiss: 'Đóng' },
  'react-aria/spinbutton': { Empty: 'Trống' },
}

const STRINGS = /[/\\](react-aria|react-stately)[/\\]dist[/\\]private[/\\](\w+)[/\\]intlStrings\.mjs$/

/** A plugin of Vite's. */
export function ariaWords() {
  const found = new Set()
  return {
    name: 'aria-words',
    transform(code, id) {
      const [, library, thing] = STRINGS.exec(id) ?? []
      const name = `${library}/${thing}`
      const words = WORDS[name]
      if (!words) return null
      const english = readFileSync(id.replace(/(\w+)([/\\])intlStrings\.mjs$/, `intl$2$1$2en-US.mjs`), 'utf8')
      const said = [...english.matchAll(/^ {4}"(\w+)":/gm)].map(([, key]) => key)
      const [exported, variable] = /^export \{(\S+) as default\};?$/m.exec(code) ?? []
      if (!variable || said.length === 0 || said.join() !== Object.keys(words).join())
        throw new Error(`${id}: these are not the words of scripts/aria-words.mjs, "${name}": ${said.join(', ')}`)
      found.add(name)
      return `import { words as vietnamese } from ${JSON.stringify(`aria-words:${name}`)}\n${code.replace(
        exported,
        `${variable}["vi-VN"] = vietnamese;\n${exported}`,
      )}`
    },
    resolveId: (id) => (id.startsWith('aria-words:') ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith('\0aria-words:')) return null
      const entries = Object.entries(WORDS[id.slice('\0aria-words:'.length)])
      const source = entries.map(
        ([key, word]) => `${JSON.stringify(key)}: ${typeof word === 'string' ? JSON.stringify(word) : word}`,
      )
      return `export const words = { ${source.join(', ')} }`
    },
    buildEnd(error) {
      if (error) return
      const missing = Object.keys(WORDS).filter((name) => !found.has(name))
      if (missing.length > 0)
        throw new Error(`React Aria says nothing of ${missing.join(', ')} any more: see scripts/aria-words.mjs`)
    },
  }
}
