// A panel beside a list: the list stays usable; Escape closes the panel.
import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import classes from './SidePanel.module.css'

type Props = {
  title: ReactNode
  label: string
  onClose: () => void
  /** Something inside the panel that Escape closes first. */
  onEscape?: (() => void) | undefined
  children: ReactNode
}

export function SidePanel({ title, label, onClose, onEscape = onClose, children }: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A menu or a list of options closes before the panel does.
      const isInside =
        event.target instanceof Element &&
        event.target.closest('[role=menu], [role=dialog], [aria-expanded=true]') !== null
      if (event.key === 'Escape' && !event.defaultPrevented && !isInside) onEscape()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onEscape])

  return (
    <aside className={classes.panel} aria-label={label}>
      <header className={classes.header}>
        <div className={classes.title}>{title}</div>
        <CloseButton aria-label="Close panel" onClick={onClose} />
      </header>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}

/** A section of the panel. */
export function PanelSection({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>
        {title}
        {actions}
      </h3>
      {children}
    </section>
  )
}

/** Names and values, two columns. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
