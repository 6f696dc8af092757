// The language of the commands: Vietnamese, or English by `--lang en`.
import type { Text } from '@dienbien/targets'
import { languageOf } from '@dienbien/targets/command'

export const language = languageOf(process.argv)

/** In the language of who reads it. */
export const say = (vi: string, en: string): string => ({ vi, en })[language]
/** The same of a text in both. */
export const inWords = (text: Text): string => text[language]
