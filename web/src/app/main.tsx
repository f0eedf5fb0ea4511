// Starts the dashboard.
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import 'virtual:theme.css'
import '../ui/tokens.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from '../api/queryClient'
import { lazily } from '../ui/lazily'
import { theme } from '../ui/theme'
import { createAppRouter } from './pages'
import { signInAgain } from './signInAgain'

const Toasts = lazily(() => import('../ui/Toasts').then((toasts) => toasts.Toasts))

const queryClient = createQueryClient(() => signInAgain(router, queryClient))
const router = createAppRouter(queryClient)

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

createRoot(root).render(
  <StrictMode>
    {/* The theme's variables come from a style sheet made at build time: the CSP forbids injected styles. */}
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
