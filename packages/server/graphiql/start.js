// Starts GraphiQL in the page. Its headers hold tokens: they live as long as the page does and are in nobody's reach after.
/** What is kept for the next visit, tabs and history, without their headers. */
function withoutHeaders(text) {
  try {
    return JSON.stringify(JSON.parse(text, (name, value) => (name === 'headers' ? undefined : value)))
  } catch {
    return text
  }
}

const OWN = 'graphiql:'
const ownNames = () => Object.keys(localStorage).filter((name) => name.startsWith(OWN))

const storage = {
  get length() {
    return ownNames().length
  },
  getItem: (name) => localStorage.getItem(name),
  setItem(name, text) {
    if (name !== `${OWN}headers`) localStorage.setItem(name, withoutHeaders(text))
  },
  removeItem: (name) => localStorage.removeItem(name),
  clear() {
    for (const name of ownNames()) localStorage.removeItem(name)
  },
}

// What versions before this one have kept.
localStorage.removeItem(`${OWN}headers`)
for (const name of ownNames()) storage.setItem(name, localStorage.getItem(name))

const WORKERS = { editorWorkerService: 'editor', json: 'json', graphql: 'graphql' }
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => `/graphiql/${WORKERS[label]}.worker.js`,
}

self.YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  ...JSON.parse(document.querySelector('#options').textContent),
  shouldPersistHeaders: false,
  storage,
})
