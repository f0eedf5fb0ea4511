// Whether events of programs, such as curl or a server, count.
import { Switch } from '@mantine/core'
import { Card } from '../../ui/Card'
import classes from './Settings.module.css'
import type { SectionProps } from './section'

export function ProgramsSection({ draft, isDisabled, set }: SectionProps) {
  return (
    <Card title="Programs and bots">
      <div className={classes.switch}>
        <div>
          <b>Leave out events sent by programs</b>
          <span>
            Your own server or a script may send events with an API key. By default they count like those of a browser.
            If you switch this on, they are stored but left out of all figures, like bots. It applies to events received
            from then on. Crawlers, monitors and automated browsers always count as bots.
          </span>
        </div>
        <Switch
          size="sm"
          aria-label="Leave out events sent by programs"
          checked={draft.programs_are_bots ?? false}
          disabled={isDisabled}
          onChange={(event) => set({ programs_are_bots: event.currentTarget.checked })}
        />
      </div>
    </Card>
  )
}
