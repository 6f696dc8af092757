import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { isSettled } from './client.ts'
import './style.css'

const client = new QueryClient({
  defaultOptions: {
    // Where there is no network a question fails, and says so, instead of waiting for one; it is asked again when there is.
    queries: {
      retry: (failures, error) => failures < 1 && !isSettled(error),
      staleTime: 30_000,
      networkMode: 'always',
      refetchOnReconnect: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
