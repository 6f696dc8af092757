// The public keys of an OpenID Connect provider, asked for seldom and kept while it is down.
import type { Text } from '@dienbien/targets'
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

/** The provider can't be asked for its keys now; whether a token is valid is not known. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
  /** Seconds. */
  readonly retryAfter: number
  readonly text: Text

  constructor(issuer: string, why: Text, retryAfter: number) {
    const text = {
      vi: `không hỏi được khóa của nhà cung cấp ${issuer}: ${why.vi}`,
      en: `the provider ${issuer} cannot be asked for its keys: ${why.en}`,
    }
    super(text.en)
    this.text = text
    this.retryAfter = retryAfter
  }
}

const ANSWER_MS = 5000
/** After so long keys are asked for again, and while that fails they are used for so long at most. */
const FRESH_MS = 10 * 60_000
const KEPT_MS = 24 * 3_600_000
/** A token signed by a key that is not known has the keys asked for again, but not more often than this. */
const UNKNOWN_KEY_MS = 5000
/** After a failure, doubled with each that follows. */
const BACK_OFF_MS = 1000
const BACK_OFF_MOST_MS = 30_000

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() })
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** For jose: the key that a token says it is signed with. @param now milliseconds from any moment on */
export function providerKeys(issuer: string, now: () => number): JWTVerifyGetKey {
  let known: { readonly find: JWTVerifyGetKey; readonly at: number } | null = null
  let asking: Promise<void> | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  let failures = 0
  let why: Text = { vi: '', en: '' }

  /** Milliseconds until the provider may be asked again. */
  const pause = () =>
    failures === 0 ? 0 : Math.max(0, askedAt + Math.min(BACK_OFF_MS * 2 ** (failures - 1), BACK_OFF_MOST_MS) - now())
  const unavailable = () => new ProviderUnavailable(issuer, why, Math.max(1, Math.ceil(pause() / 1000)))

  /** Asks once, whoever else waits for it. @throws {ProviderUnavailable} */
  const ask = (): Promise<void> => {
    if (asking) return asking
    if (pause() > 0) return Promise.reject(unavailable())
    askedAt = now()
    asking = readKeys(issuer)
      .then(
        (find) => {
          known = { find, at: now() }
          failures = 0
        },
        (error: unknown) => {
          failures++
          why = reason(error)
          // One that is silent for seconds is left alone from then on, not from when it was asked.
          askedAt = now()
          throw unavailable()
        },
      )
      .finally(() => {
        asking = null
      })
    return asking
  }

  const kept = async () => {
    const age = known ? now() - known.at : Number.POSITIVE_INFINITY
    if (age > KEPT_MS) await ask()
    else if (age > FRESH_MS && pause() === 0) void ask().catch(() => undefined) // those that are known serve meanwhile
    return (known as NonNullable<typeof known>).find
  }

  return async (header, token) => {
    const find = await kept()
    try {
      return await find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      if (!asking && failures === 0 && now() - askedAt < UNKNOWN_KEY_MS) throw error
      await ask()
      return (known as NonNullable<typeof known>).find(header, token)
    }
  }
}

async function readKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const metadata = discovery.parse(await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  if (metadata.issuer !== issuer) {
    throw new Fault({ vi: `tự khai là ${metadata.issuer}`, en: `it says that it is ${metadata.issuer}` })
  }
  return createLocalJWKSet(keySet.parse(await fetchJson(metadata.jwks_uri)))
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), headers: { accept: 'application/json' } })
  const where = new URL(url).pathname
  if (!response.ok) {
    const { status } = response
    throw new Fault({ vi: `${where} trả lời mã ${status}`, en: `${where} answers ${status}` })
  }
  try {
    return JSON.parse(await response.text())
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Fault({
      vi: `${where} trả lời nội dung không phải JSON`,
      en: `${where} answers something that is no JSON`,
    })
  }
}

/** What is wrong with what the provider answers. */
class Fault extends Error {
  override readonly name = 'Fault'
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

/** In one line. */
function reason(error: unknown): Text {
  if (error instanceof Fault) return error.text
  if (error instanceof z.ZodError) {
    const place = `"${error.issues[0]?.path.join('.')}"`
    return { vi: `mục ${place} không đúng quy định`, en: `${place} is not as it must be` }
  }
  const { name, message, cause } = error as Error
  const seconds = ANSWER_MS / 1000
  if (name === 'TimeoutError') {
    return { vi: `không trả lời trong ${seconds} giây`, en: `it does not answer within ${seconds} s` }
  }
  if (!(cause instanceof Error)) return { vi: `không kết nối được (${message})`, en: message }
  const code = (cause as NodeJS.ErrnoException).code ?? cause.message
  return { vi: `không kết nối được (${code})`, en: `${message} (${code})` }
}
