// The tab that is open, and opening another.
import { tryParseJSONC, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { getOperationAST } from 'graphql'
import { operationIn } from './api.ts'
import type { Opened } from './options.ts'

export interface OpenTab extends Opened {
  readonly title: string
}

/** @returns what the open tab holds when it is called */
export function useOpenTab(): () => OpenTab {
  const { queryEditor, variableEditor, tabs, activeTabIndex } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
  }))
  return () => ({
    title: tabs[activeTabIndex]?.title ?? '',
    text: queryEditor?.getValue() ?? '',
    variables: variableEditor?.getValue() ?? '',
  })
}

/**
 * @returns what the open tab would ask, read from its text; throws what is wrong with the text, the variables or the headers
 */
export function useAsked() {
  const openTab = useOpenTab()
  const { headerEditor, operationName } = useGraphiQL((state) => ({
    headerEditor: state.headerEditor,
    operationName: state.operationName,
  }))
  return () => {
    const { title, text, variables } = openTab()
    const operation = operationIn(text, operationName)
    return {
      title,
      kind: operation?.operation,
      headers: (tryParseJSONC(headerEditor?.getValue()) ?? {}) as Record<string, string>,
      asked: { query: text, variables: tryParseJSONC(variables), operationName: operation?.name?.value },
    }
  }
}

/** `query`, `mutation` or `subscription`; undefined where the text is none, or has several and none is chosen. */
export const useKindOfOperation = (): string | undefined =>
  useGraphiQL(({ documentAST, operationName }) =>
    documentAST ? getOperationAST(documentAST, operationName)?.operation : undefined,
  )

/** Opens a query in the tab that has it already, or in a new one. */
export function useOpenQuery(): (query: Opened) => void {
  const { addTab, changeTab, updateActiveTabValues } = useGraphiQLActions()
  const { queryEditor, variableEditor, tabs } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    tabs: state.tabs,
  }))
  return ({ text, variables }) => {
    const open = tabs.findIndex((tab) => tab.query === text && (tab.variables ?? '') === variables)
    if (open >= 0) return changeTab(open)
    addTab()
    queryEditor?.setValue(text)
    variableEditor?.setValue(variables)
    updateActiveTabValues({ query: text, variables, operationName: null })
  }
}
