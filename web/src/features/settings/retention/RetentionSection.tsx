// For how many days each kind is kept, what the next run removes, and what the last one did.
import { useQuery } from '@tanstack/react-query'
import { exactNumber } from '../../../lib/format'
import { exactTime } from '../../../lib/locale'
import { Card } from '../../../ui/Card'
import { fieldError } from '../../../ui/FormFailure'
import { OptionalNumberField } from '../../../ui/form/NumberField'
import { Result } from '../../../ui/Result'
import { CardSkeleton } from '../../../ui/States'
import { When } from '../../../ui/When'
import type { SectionProps } from '../section'
import { retentionQuery } from './api'
import { dayError, FIELDS, NOTHING_SET, rowsText, type Status, utcDay } from './model'
import { PreviewList } from './PreviewList'
import classes from './Retention.module.css'
import type { Removals } from './useRemovals'

type Props = SectionProps & { projectId: string; removals: Removals }

export function RetentionSection({ projectId, removals, ...section }: Props) {
  const status = useQuery(retentionQuery(projectId))
  return (
    <Card
      title="Retention"
      help="Once a day, older data is removed for good, in whole days (UTC). Contacts, totals, orders, calls and bills are kept."
    >
      <Result what="The retention" question={status} skeleton={<CardSkeleton height={220} />}>
        {(read) => (
          <>
            <div className={classes.fields}>
              {FIELDS.map((field) => (
                <Field key={field.setting} field={field} status={read} {...section} />
              ))}
            </div>
            {removals.isCounted && <PreviewList removals={removals} />}
            <NextRun status={read} />
          </>
        )}
      </Result>
    </Card>
  )
}

function Field({
  field,
  status,
  draft,
  error,
  isDisabled,
  set,
}: SectionProps & { field: (typeof FIELDS)[number]; status: Status }) {
  const { setting, kind, label, help } = field
  const stated = status.kinds.find((found) => found.kind === kind)
  const days = draft.retention?.[setting]
  return (
    <div className={classes.field}>
      <OptionalNumberField
        label={label}
        description={help}
        placeholder={`${exactNumber(stated?.default_days ?? status.max_days)} days (default)`}
        suffix=" days"
        min={1}
        max={status.max_days}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        disabled={isDisabled}
        value={days ?? null}
        error={dayError(days, status.max_days) ?? fieldError(error, setting)}
        onChange={(next) => set({ retention: { ...NOTHING_SET, ...draft.retention, [setting]: next } })}
      />
      <LastRun run={stated?.last_run} kind={kind} />
    </div>
  )
}

function LastRun({
  run,
  kind,
}: {
  run: Status['kinds'][number]['last_run'] | undefined
  kind: Status['kinds'][number]['kind']
}) {
  if (!run) return <p className={classes.run}>No run yet.</p>
  if (!run.finished_at) return <p className={classes.run}>A run is in progress.</p>
  const what = run.rows
    ? `${rowsText(kind, run.rows)} from before ${utcDay(run.removes_before)} removed`
    : 'nothing to remove'
  return (
    <p className={classes.run}>
      Last run <When at={run.finished_at} />: {what}.
    </p>
  )
}

function NextRun({ status }: { status: Status }) {
  const [first] = status.kinds.map((kind) => kind.next_run_at).sort()
  if (first === undefined) return null
  const isDue = Date.parse(first) <= Date.now()
  return <p className={classes.run}>{isDue ? 'The next run is due now.' : `Next run: ${exactTime(first)}.`}</p>
}
