import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // `npx vite` beside a server of its own on port 4000.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000' } },
})
