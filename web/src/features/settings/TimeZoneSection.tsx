// The time zone of the project: where its days begin.
import { Card } from '../../ui/Card'
import { fieldError } from '../../ui/FormFailure'
import { ZoneSelect } from '../../ui/ZoneSelect'
import type { SectionProps } from './section'
import classes from './Settings.module.css'

export function TimeZoneSection({ draft, error, isDisabled, set }: SectionProps) {
  return (
    <Card title="Time">
      <div className={classes.short}>
        <ZoneSelect value={draft.time_zone ?? 'UTC'} disabled={isDisabled} error={fieldError(error, 'time_zone')} onChange={(time_zone) => set({ time_zone })} />
      </div>
      <p className={classes.after}>Figures, charts and bills begin their days at midnight there. Months of bills that are closed keep the times they were closed with.</p>
    </Card>
  )
}
