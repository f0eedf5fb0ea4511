// The signed-in member: colour scheme and signing out.
import { Button, Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { LinkButton } from '../ui/LinkButton'
import { useLeave } from './useLeave'
import { useProject } from './useProject'
import classes from './Rail.module.css'

const SCHEMES = [
  { value: 'light', label: <IconSun size={15} aria-label="Light" /> },
  { value: 'dark', label: <IconMoon size={15} aria-label="Dark" /> },
  { value: 'auto', label: <IconDeviceDesktop size={15} aria-label="Same as system" /> },
]

type Props = { projectId: string; isCollapsed: boolean; onNavigate?: (() => void) | undefined }

export function MemberMenu({ projectId, isCollapsed, onNavigate }: Props) {
  const { me } = useProject(projectId)
  const { leave, isPending } = useLeave()
  const [isOpen, setOpen] = useState(false)
  // Without this option Mantine injects a <style> during the change, which the CSP forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  if (!me) return null
  const name = me.member.name || me.member.email

  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" width={224} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.switcher} aria-label={isCollapsed ? `Member ${name}` : undefined} onClick={() => setOpen(!isOpen)}>
          <span className={classes.initial} data-round data-letter={name.charAt(0).toUpperCase()} aria-hidden />
          {!isCollapsed && <span className={classes.switcherName}>{name}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.member} aria-label={name}>
        <span className={classes.email}>{me.member.email}</span>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Colour scheme"
          data={SCHEMES}
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        />
        <LinkButton to="/p/$projectId/account" params={{ projectId }} variant="default" fullWidth leftSection={<IconUser size={14} />} onClick={() => (setOpen(false), onNavigate?.())}>
          Your account
        </LinkButton>
        <Button variant="default" fullWidth leftSection={<IconLogout size={14} />} loading={isPending} onClick={leave}>
          Sign out
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
