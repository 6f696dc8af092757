import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ariaWords } from './scripts/aria-words.mjs'
import { oneCalendar } from './scripts/one-calendar.mjs'

export default defineConfig({
  // React Aria has no Vietnamese: it is added, English stays, the others go.
  plugins: [react(), { ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' }, ariaWords(), oneCalendar()],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // React Aria is not bundled beforehand for `vite` either: its words are put in module by module.
  optimizeDeps: { exclude: ['react-aria', 'react-stately', 'react-aria-components'] },
  // `npx vite` beside a server of its own on port 4000.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000' } },
})
