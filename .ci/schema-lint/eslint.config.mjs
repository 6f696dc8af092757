// The recommended rules for a schema and Relay's, and why ours departs from a few of them.
import { fileURLToPath } from 'node:url'
import plugin from '@graphql-eslint/eslint-plugin'

const schema = fileURLToPath(new URL('../../schema.graphql', import.meta.url))
const rule = (name, options) => ({ [`@graphql-eslint/${name}`]: options })

export default [
  {
    files: ['schema.graphql'],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { '@graphql-eslint': plugin },
    rules: {
      ...plugin.configs['flat/schema-recommended'].rules,
      ...plugin.configs['flat/schema-relay'].rules,
      // One input a mutation, of its name.
      ...rule('input-name', ['error', { checkInputType: true, caseSensitiveInputType: false }]),
      // What can be asked for again is a Node and has an id. The rest are values: a result, a target or a count has no
      // identity besides the object that it is a field of, and an invented one would fill caches with twins.
      ...rule('strict-id-in-types', 'off'),
      // Short lists that are always wanted whole (the results of an evaluation, the members of a cluster) are plain lists;
      // what may grow without end is a connection.
      ...rule('relay-edge-types', [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ]),
      // Words of the field, which begin as their types do: the completeness of reports (as in DHIS2), the day something is due.
      ...rule('no-typename-prefix', 'off'),
      // `savedQuery` is the singular of `savedQueries`: a query that somebody saved, no query of GraphQL's type Query.
      ...rule('naming-convention', [
        'error',
        {
          ...plugin.configs['flat/schema-recommended'].rules['@graphql-eslint/naming-convention'][1],
          'FieldDefinition[parent.name.value=Query]': {
            forbiddenPrefixes: ['query', 'get'],
            ignorePattern: '^savedQuery$',
            forbiddenSuffixes: ['Query'],
          },
        },
      ]),
    },
  },
]
