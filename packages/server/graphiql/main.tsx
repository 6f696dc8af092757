// GraphiQL as the page at /graphql has it.
import '@fontsource/roboto-mono/400.css'
import 'graphiql/setup-workers/vite'
import 'graphiql/graphiql.css'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
import './style.css'
import { explorerPlugin } from '@graphiql/plugin-explorer'
import { HISTORY_PLUGIN } from '@graphiql/plugin-history'
import { useGraphiQL } from '@graphiql/react'
import { GraphiQL } from 'graphiql'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { AnswerBar } from './answer-bar.tsx'
import { API, fetcher } from './api.ts'
import { READY_PLUGIN, SAVED_PLUGIN } from './lists.tsx'
import { openedByAddress, options } from './options.ts'
import { SaveButton } from './save.tsx'
import { SignIn } from './sign-in.tsx'
import { forgetKeptHeaders, storage } from './storage.ts'

forgetKeptHeaders()

const EXPLORER = 'Soạn bằng cách chọn'
const EXPLORER_PLUGIN = { ...explorerPlugin({ title: EXPLORER }), title: EXPLORER }
const PLUGINS = [READY_PLUGIN, SAVED_PLUGIN, EXPLORER_PLUGIN, HISTORY_PLUGIN]

/** Beside the tabs that were open; without any, it is the first. */
function first() {
  const opened = openedByAddress()
  if (opened) return { initialQuery: opened.text, initialVariables: opened.variables }
  return { defaultTabs: options.ready.slice(0, 1).map(({ text, variables }) => ({ query: text, variables })) }
}

/** Buttons did nothing before the editors were there: a press that came early was lost. */
function ShownWhenReady() {
  const isReady = useGraphiQL(({ queryEditor, variableEditor, responseEditor }) =>
    Boolean(queryEditor && variableEditor && responseEditor),
  )
  useEffect(() => {
    if (isReady) document.body.dataset.ready = ''
  }, [isReady])
  return null
}

const tabs = first()
// What the address asked for is open now, and a reload shall not open it once more.
history.replaceState(null, '', API)

// The editor measures its font when it is made: a font that comes later moves the letters from under the cursor.
await Promise.all(['a', 'ố'].map((letter) => document.fonts.load('15px "Roboto Mono"', letter)))

createRoot(document.querySelector('#root') as HTMLElement).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    shouldPersistHeaders={false}
    plugins={PLUGINS}
    visiblePlugin={READY_PLUGIN}
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
    schemaDescription
    {...tabs}
  >
    <GraphiQL.Logo>
      <SaveButton />
      <SignIn />
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <AnswerBar />
    </GraphiQL.Footer>
    <ShownWhenReady />
  </GraphiQL>,
)
