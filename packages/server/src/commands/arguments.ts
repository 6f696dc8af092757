// What the arguments and options of commands hold.
import { InvalidArgumentError } from 'commander'
import { isoOfWritten } from '../days.ts'
import { isDay } from '../figures/years.ts'
import { STATUS_WORDS } from '../measurements/status-words.ts'
import { searchKey } from '../search-key.ts'
import { STATUSES } from './import.ts'
import { say } from './spoken.ts'

/** Four digits. */
export const year = (text: string): number => {
  if (/^\d{4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(
    say('Năm viết bằng bốn chữ số, ví dụ 2022.', 'A year is written with four digits, for example 2022.'),
  )
}

/** A day as programs write it, or as officers do. */
export const date = (text: string): string => {
  const day = /^[\d/]+$/.test(text) ? isoOfWritten(text) : text
  if (isDay(day)) return day
  throw new InvalidArgumentError(
    say(
      'Ngày viết NĂM-THÁNG-NGÀY hoặc NGÀY/THÁNG/NĂM, ví dụ 2022-10-31, 31/10/2022.',
      'A day is written YYYY-MM-DD or DD/MM/YYYY, for example 2022-10-31, 31/10/2022.',
    ),
  )
}

/** As in a file of figures, in Vietnamese or English. */
export const status = (text: string): (typeof STATUSES)[number] => {
  const status = STATUSES.find((word) => word === text) ?? STATUS_WORDS.get(searchKey(text))
  if (status) return status
  const words = STATUSES.join(', ')
  throw new InvalidArgumentError(say(`Chỉ nhận: ước, sơ bộ, chính thức (${words}).`, `Allowed choices are ${words}.`))
}

/** A name. */
export const file = (name: string): string => {
  if (name.trim() !== '') return name
  throw new InvalidArgumentError(say('Tên tệp không được để trống.', 'A file has a name.'))
}
