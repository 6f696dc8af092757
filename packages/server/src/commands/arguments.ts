// What the arguments and options of commands hold.
import { fold } from '@dienbien/targets/table'
import { InvalidArgumentError } from 'commander'
import { isDay } from '../figures/years.ts'
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
  const [, d, m, y] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  const day = d && m && y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : text
  if (isDay(day)) return day
  throw new InvalidArgumentError(
    say(
      'Ngày viết NĂM-THÁNG-NGÀY hoặc NGÀY/THÁNG/NĂM, ví dụ 2022-10-31, 31/10/2022.',
      'A day is written YYYY-MM-DD or DD/MM/YYYY, for example 2022-10-31, 31/10/2022.',
    ),
  )
}

const STATUS_WORDS: Readonly<Record<string, (typeof STATUSES)[number]>> = {
  'uoc thuc hien': 'estimate',
  uoc: 'estimate',
  'so bo': 'preliminary',
  'chinh thuc': 'official',
}

/** As in a file of figures, in Vietnamese or English. */
export const status = (text: string): (typeof STATUSES)[number] => {
  const known = STATUSES.find((word) => word === text) ?? STATUS_WORDS[fold(text)]
  if (known) return known
  const words = STATUSES.join(', ')
  throw new InvalidArgumentError(say(`Chỉ nhận: ước, sơ bộ, chính thức (${words}).`, `Allowed choices are ${words}.`))
}

/** A name. */
export const file = (name: string): string => {
  if (name.trim() !== '') return name
  throw new InvalidArgumentError(say('Tên tệp không được để trống.', 'A file has a name.'))
}
