// What GraphiQL keeps for the next visit, tabs and history, without their headers: these may hold tokens.
const OWN = 'graphiql:'
const HEADERS = `${OWN}headers`

/** Null and not left out: GraphiQL throws away what it kept where a tab has no such key. */
function withoutHeaders(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, (name, value: unknown) => (name === 'headers' ? null : value)))
  } catch {
    return text
  }
}

const ownNames = () => Object.keys(localStorage).filter((name) => name.startsWith(OWN))

export const storage = {
  get length() {
    return ownNames().length
  },
  getItem: (name: string) => localStorage.getItem(name),
  setItem(name: string, text: string) {
    if (name !== HEADERS) localStorage.setItem(name, withoutHeaders(text))
  },
  removeItem: (name: string) => localStorage.removeItem(name),
  clear() {
    for (const name of ownNames()) localStorage.removeItem(name)
  },
}

/** Takes away what versions before this one have kept. */
export function forgetKeptHeaders(): void {
  localStorage.removeItem(HEADERS)
  for (const name of ownNames()) storage.setItem(name, localStorage.getItem(name) ?? '')
}
