import type { CodegenConfig } from '@graphql-codegen/cli'

/** Types of each document in these folders. In a project of its own `schema` is the address of the server. */
const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: ['{apollo,codegen,sse,urql}/*.ts'],
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // A day is YYYY-MM-DD, a moment is ISO 8601, JSON is any value, a file is what a form holds; a scalar that is none of them stops this.
        scalars: { Date: 'string', DateTime: 'string', JSON: 'unknown', File: 'File' },
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
  },
}
export default config
