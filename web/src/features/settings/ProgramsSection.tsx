// Whether events of programs, such as curl or a server, count.
import { Switch } from '@mantine/core'
import { Card } from '../../ui/Card'
import type { SectionProps } from './section'
import classes from './Settings.module.css'

export function ProgramsSection({ draft, isDisabled, set }: SectionProps) {
  return (
    <Card title="Programs and bots">
      <div className={classes.switch}>
        <div>
          <b>Leave out events sent by programs</b>
          <span>
            Your own server or a script that uses curl may send events with a key. Normally they count like those of a browser. Switch this on to treat them as bots: they stay stored, and figures leave them out. It applies to events that arrive from
            then on. Crawlers, monitors and automated browsers are always bots.
          </span>
        </div>
        <Switch size="sm" aria-label="Leave out events sent by programs" checked={draft.programs_are_bots ?? false} disabled={isDisabled} onChange={(event) => set({ programs_are_bots: event.currentTarget.checked })} />
      </div>
    </Card>
  )
}
