import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  // React Aria has no Vietnamese: where it speaks itself, to screen readers, it does so in English.
  plugins: [react(), { ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' }],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // `npx vite` beside a server of its own on port 4000.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000' } },
})
