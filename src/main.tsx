import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from './data/queryClient'
import './index.css'
import { t } from './messages/catalogue'
import { router } from './routes'
import { ToastRegion } from './ui/Toast'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ToastRegion dismissLabel={t('app.dismiss')} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
