import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { ApiError } from './client.ts'
import './style.css'

/** Once more; who is refused stays refused. */
const isWorthAskingAgain = (failures: number, error: unknown): boolean =>
  failures < 1 && !(error instanceof ApiError && ['UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code))

const client = new QueryClient({
  defaultOptions: {
    // Where there is no network a question fails, and says so, instead of waiting for one; it is asked again when there is.
    queries: { retry: isWorthAskingAgain, staleTime: 30_000, networkMode: 'always', refetchOnReconnect: 'always' },
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
