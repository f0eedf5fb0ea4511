// What the member's menu holds: the colour scheme, the account, and signing out.
import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { LinkButton } from '../ui/LinkButton'
import classes from './Rail.module.css'
import { useLeave } from './useLeave'

const SCHEMES = [
  { value: 'light', label: <IconSun size={15} aria-label="Light" /> },
  { value: 'dark', label: <IconMoon size={15} aria-label="Dark" /> },
  { value: 'auto', label: <IconDeviceDesktop size={15} aria-label="Same as system" /> },
]

type Props = { projectId: string; email: string; onAccount: () => void }

export function MemberPanel({ projectId, email, onAccount }: Props) {
  const { leave, isPending } = useLeave()
  // Without this option Mantine injects a <style> during the change, which the CSP forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return (
    <>
      <span className={classes.email}>{email}</span>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Colour scheme"
        data={SCHEMES}
        value={colorScheme}
        onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
      />
      <LinkButton
        to="/p/$projectId/account"
        params={{ projectId }}
        variant="default"
        fullWidth
        leftSection={<IconUser size={14} />}
        onClick={onAccount}
      >
        Your account
      </LinkButton>
      <Button variant="default" fullWidth leftSection={<IconLogout size={14} />} loading={isPending} onClick={leave}>
        Sign out
      </Button>
    </>
  )
}
