import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { errorCode } from '../errors/failure.ts'

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already: name another',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  ENAMETOOLONG: 'its name is too long',
}

/** One line; of a file, which and why. */
function line(error: unknown): string {
  const { message, path } = error as NodeJS.ErrnoException
  const why = WHY[errorCode(error) ?? '']
  if (why) return path ? `${path}: ${why}` : why
  const { cause } = error as Error
  if (cause instanceof Error) return `${message}: ${errorCode(cause) ?? cause.message}` // what `fetch` hides
  return message.trim().replace(/\s*\n\s*/g, ' ')
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

/** The action of a command of `dienbien`: what goes wrong is one line on standard error; exit code 1. */
export const runs =
  <Parts extends unknown[]>(work: (...parts: Parts) => Promise<void>) =>
  async (...parts: Parts): Promise<void> => {
    // Who reads it may stop reading, as `head` does.
    process.stdout.on('error', () => process.exit(0))
    try {
      await work(...parts)
    } catch (error) {
      console.error(line(error))
      process.exit(1)
    }
  }
