// Operations as they come: in an address, or with files, by the GraphQL multipart request specification.
import type { Text } from '@dienbien/targets'
import { createFetch } from '@whatwg-node/fetch'
import { GraphQLError } from 'graphql'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import { ClientError } from '../errors/client-error.ts'
import { graphQLErrorOf } from '../errors/client-errors.ts'
import { MAX_BODY_BYTES, MAX_UPLOAD_BYTES } from './bodies.ts'

/** An operation brings a few at most; each costs more than its bytes. */
const MOST_FILES = 10
/** `operations` and `map`, and what a client may add. */
const MOST_FIELDS = 10

/** What a form is read by: it stops where it has more than an operation can bring. */
export const fetchApi = createFetch({
  formDataLimits: {
    files: MOST_FILES,
    fields: MOST_FIELDS,
    parts: MOST_FILES + MOST_FIELDS,
    fileSize: MAX_UPLOAD_BYTES,
    fieldSize: MAX_BODY_BYTES,
    fieldNameSize: 100,
  },
})

/** Says of a form that cannot be read what is wrong with it, whatever it is. */
export const uploads: Plugin = {
  onRequestParse({ request, requestParser, setRequestParser }) {
    if (!requestParser || !request.headers.get('content-type')?.startsWith('multipart/form-data')) return
    setRequestParser(async (form) => {
      try {
        return await requestParser(form)
      } catch (error) {
        if (!(error instanceof GraphQLError)) {
          throw graphQLErrorOf(new ClientError('BAD_INPUT', UNREADABLE, {}, { status: 400 }))
        }
        const { message, extensions = {} } = error
        const { code = 'BAD_INPUT', http = { status: 400 } } = extensions
        throw createGraphQLError(message, {
          extensions: { code: code === 'BAD_REQUEST' ? 'BAD_INPUT' : code, http },
        })
      }
    })
  },
}

const UNREADABLE: Text = {
  vi: 'biểu mẫu không theo đặc tả GraphQL multipart: "operations" là truy vấn có null ở chỗ của tệp, "map" ghi cho mỗi tệp đường dẫn của chỗ đó, như {"0": ["variables.input.file"]}',
  en: 'the form is none of the GraphQL multipart request specification: "operations" is an operation with null where a file belongs, "map" names for each file the paths of those places, as in {"0": ["variables.input.file"]}',
}
const NO_OBJECTS: Text = {
  vi: '"variables" và "extensions" trong địa chỉ phải là đối tượng JSON',
  en: '"variables" and "extensions" in an address are objects as JSON',
}

/**
 * Takes `documentId` from an address as from a body, so that a trusted document has a link; and says of variables or
 * extensions in it that are no JSON that they are none.
 */
export const addressParameters: Plugin = {
  onRequestParse({ request, requestParser, setRequestParser }) {
    if (!requestParser || request.method !== 'GET') return
    setRequestParser(async (asked) => {
      try {
        const parameters = await requestParser(asked)
        const documentId = new URL(asked.url).searchParams.get('documentId')
        return documentId === null ? parameters : { ...parameters, documentId }
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw graphQLErrorOf(new ClientError('BAD_INPUT', NO_OBJECTS, { argument: 'variables' }, { status: 400 }))
      }
    })
  },
}
