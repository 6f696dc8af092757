// Who has left is not worked for any more.
import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/**
 * A query whose client has left begins no further field. A mutation is carried out: what a client has sent is not half done
 * because its connection broke.
 */
export const endWithClient: Plugin<{ request: Request }> = {
  onExecute({ args }) {
    if (getOperationAST(args.document, args.operationName)?.operation !== 'query') return
    // The executor's own option, which the plugin's types do not know.
    Object.assign(args, { signal: args.contextValue.request.signal })
  },
}
