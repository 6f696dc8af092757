import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Text } from '@dienbien/targets'
import { forTerminal } from '@dienbien/targets/command'
import { Command } from 'commander'
import { errorCode, FolderInUse } from '../errors/failure.ts'
import { inWords, say } from './spoken.ts'

const WHY: Readonly<Record<string, Text>> = {
  ENOENT: { vi: 'không có tệp hoặc thư mục này', en: 'there is no such file or folder' },
  ENOTDIR: { vi: 'một phần của đường dẫn không phải là thư mục', en: 'a part of its path is no folder' },
  EISDIR: { vi: 'đây là thư mục', en: 'it is a folder' },
  EEXIST: { vi: 'đã có: đặt tên khác', en: 'it is there already: name another' },
  EACCES: { vi: 'không có quyền truy cập', en: 'access is denied' },
  EPERM: { vi: 'không có quyền truy cập', en: 'access is denied' },
  EROFS: { vi: 'chỉ được đọc', en: 'it can only be read' },
  ENOSPC: { vi: 'đĩa đã đầy', en: 'the disk is full' },
  EDQUOT: { vi: 'đã dùng hết hạn mức đĩa', en: 'the disk quota is used up' },
  EFBIG: { vi: 'tệp quá lớn', en: 'the file would be too large' },
  ENAMETOOLONG: { vi: 'tên quá dài', en: 'its name is too long' },
}

/** One line; of a file, which and why. */
function line(error: unknown): string {
  const { message, path } = error as NodeJS.ErrnoException
  const why = WHY[errorCode(error) ?? '']
  if (why) return path ? `${path}: ${inWords(why)}` : inWords(why)
  const { text } = error as { readonly text?: Partial<Text> }
  if (text?.vi && text.en) return inWords(text as Text)
  const { cause } = error as Error
  if (cause instanceof Error) return `${message}: ${errorCode(cause) ?? cause.message}` // what `fetch` hides
  return message.trim().replace(/\s*\n\s*/g, ' ')
}

/** What a file holds; an error of reading says of which file it is. */
export function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw Object.assign(error as Error, { path: file })
  }
}

/** @throws where there is a file of that name: what is in it would be lost */
export function checkFree(file: string): void {
  if (existsSync(file)) throw new Error(say(`${file} đã có: đặt tên khác`, `${file} is there already: name another`))
}

/** Writes a file whole or not at all. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const part = `${file}.part`
  try {
    writeFileSync(part, content)
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw Object.assign(error as Error, { path: file })
  }
}

/** Who has the database is asked instead, by a command that can. */
function wayOn(error: unknown, command: unknown): string {
  const canAsk = command instanceof Command && command.options.some(({ long }) => long === '--url')
  if (!(error instanceof FolderInUse) || !canAsk) return ''
  return say(
    '; hoặc gửi qua máy chủ đang chạy: thêm --url http://127.0.0.1:4000/graphql, với cổng của máy chủ đó',
    '; or go by the server that runs: add --url http://127.0.0.1:4000/graphql, with its port',
  )
}

/** The action of a command of `dienbien`: what goes wrong is one line on standard error; exit code 1. */
export const runs =
  <Parts extends unknown[]>(work: (...parts: Parts) => Promise<void>) =>
  async (...parts: Parts): Promise<void> => {
    // Who reads it may stop reading, as `head` does.
    process.stdout.on('error', () => process.exit(0))
    try {
      await work(...parts)
    } catch (error) {
      console.error(forTerminal(line(error) + wayOn(error, parts.at(-1))))
      process.exit(1)
    }
  }
