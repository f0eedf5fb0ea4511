// Signing out: to the sign-in page, and nothing of the member stays in the browser.
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useSignOut } from '../features/auth/api'
import { toastFailed } from '../ui/toast'

export function useLeave() {
  const signOut = useSignOut()
  const client = useQueryClient()
  const router = useRouter()
  function leave() {
    // Also after the menu or palette it was chosen in has closed.
    void signOut.mutateAsync().then(
      async () => {
        await router.navigate({ to: '/sign-in' })
        client.clear()
      },
      (error: Error) => toastFailed('You are still signed in', error),
    )
  }
  return { leave, isPending: signOut.isPending }
}
