// The time zone of the project: where its days begin.
import { Card } from '../../ui/Card'
import { fieldError } from '../../ui/FormFailure'
import { ZoneSelect } from '../../ui/ZoneSelect'
import classes from './Settings.module.css'
import type { SectionProps } from './section'

export function TimeZoneSection({ draft, error, isDisabled, set }: SectionProps) {
  return (
    <Card title="Time">
      <div className={classes.short}>
        <ZoneSelect
          value={draft.time_zone ?? 'UTC'}
          disabled={isDisabled}
          error={fieldError(error, 'time_zone')}
          onChange={(time_zone) => set({ time_zone })}
        />
      </div>
      <p className={classes.after}>
        In figures, charts and bills, days start at midnight in this time zone. Months that are closed do not change.
      </p>
    </Card>
  )
}
