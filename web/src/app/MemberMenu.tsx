// The signed-in member, whose menu opens on a click.
import { Popover } from '@mantine/core'
import { useState } from 'react'
import { lazily } from '../ui/lazily'
import classes from './Rail.module.css'
import { useProject } from './useProject'

const MemberPanel = lazily(() => import('./MemberPanel').then((panel) => panel.MemberPanel))

type Props = { projectId: string; isCollapsed: boolean; onNavigate?: (() => void) | undefined }

export function MemberMenu({ projectId, isCollapsed, onNavigate }: Props) {
  const { me } = useProject(projectId)
  const [isOpen, setOpen] = useState(false)
  if (!me) return null
  const name = me.member.name || me.member.email

  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" width={224} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.switcher}
          aria-label={isCollapsed ? `Member ${name}` : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={classes.initial} data-round data-letter={name.charAt(0).toUpperCase()} aria-hidden />
          {!isCollapsed && <span className={classes.switcherName}>{name}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.member} aria-label={name}>
        <MemberPanel projectId={projectId} email={me.member.email} onAccount={() => (setOpen(false), onNavigate?.())} />
      </Popover.Dropdown>
    </Popover>
  )
}
