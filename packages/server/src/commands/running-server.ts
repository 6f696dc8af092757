// A running server that a command asks, in place of opening its database.
import { basename } from 'node:path'
import { errorCode } from '../errors/failure.ts'
import { language, say } from './spoken.ts'

/** Where it is, and who asks. */
export interface ServerOptions {
  readonly url?: string
  readonly token?: string
}

interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string }[]
}

/** A question with a file, at `input.file`, by the multipart request specification. */
export function formOf(query: string, input: object, file: string, bytes: Uint8Array): FormData {
  const form = new FormData()
  form.set('operations', JSON.stringify({ query, variables: { input: { ...input, file: null } } }))
  form.set('map', JSON.stringify({ 0: ['variables.input.file'] }))
  form.set('0', new Blob([new Uint8Array(bytes)]), basename(file))
  return form
}

/**
 * What a running server answers.
 * @param body JSON, or a form with files
 * @throws with the messages of a refusal
 */
export async function askServer<Data>(url: string, token: string | undefined, body: object | FormData): Promise<Data> {
  if (!URL.canParse(url))
    throw new Error(
      say(
        `--url ${url} không phải là địa chỉ: ví dụ http://127.0.0.1:4000/graphql`,
        `--url ${url} is no address: for example http://127.0.0.1:4000/graphql`,
      ),
    )
  // It is not shown: what is printed here is kept by terminals and logs.
  if (token !== undefined && !/^[\w.-]+$/.test(token))
    throw new Error(
      say(
        '--token không phải là mã truy cập: lệnh dienbien jwt in ra mã',
        '--token is no token: dienbien jwt prints one',
      ),
    )
  const isForm = body instanceof FormData
  const response = await reached(url, {
    method: 'POST',
    headers: {
      'accept-language': language,
      ...(isForm ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: isForm ? body : JSON.stringify(body),
  })
  const { data, errors } = await answerIn<Data>(url, response)
  if (errors || !data)
    throw new Error(
      errors?.map(({ message }) => message).join('\n') ?? say('máy chủ không trả lời', 'the server gave no answer'),
    )
  return data
}

async function reached(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request)
  } catch (error) {
    // What `fetch` itself says hides why.
    const { cause } = error as Error
    const why = errorCode(cause) ?? (cause instanceof Error ? cause : (error as Error)).message
    throw new Error(say(`không kết nối được ${url}: ${why}`, `${url} cannot be reached: ${why}`))
  }
}

async function answerIn<Data>(url: string, response: Response): Promise<Answer<Data>> {
  try {
    return (await response.json()) as Answer<Data>
  } catch {
    const { status } = response
    throw new Error(
      say(
        `${url} không phải là API của chương trình này (HTTP ${status}): địa chỉ kết thúc bằng /graphql`,
        `${url} is not the API of this program (HTTP ${status}): its address ends in /graphql`,
      ),
    )
  }
}
