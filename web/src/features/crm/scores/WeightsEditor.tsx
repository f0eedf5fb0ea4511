// Edits the weights beside an example, and saves them as one change.
import { useQuery } from '@tanstack/react-query'
import { Card } from '../../../ui/Card'
import { fieldError } from '../../../ui/FormFailure'
import { NumberField } from '../../../ui/form/NumberField'
import { SaveBar } from '../../../ui/form/SaveBar'
import { isSameJson, useVersionedDraft, type Versioned } from '../../../ui/form/versionedDraft'
import { toastDone } from '../../../ui/toast'
import { defaultWeightsQuery, useSaveWeights } from './api'
import { DryRun } from './DryRun'
import classes from './Scores.module.css'
import {
  EXAMPLE,
  exampleScore,
  FITS,
  GROUPS,
  type GroupName,
  type GroupWeight,
  HIGHEST,
  highestSum,
  WEIGHT_LABELS,
  type Weights,
  weightLabel,
} from './weights'

type Props = {
  projectId: string
  saved: Versioned<Weights>
  canChange: boolean /** The answer names customers. */
  mayTry: boolean
  reload: () => Promise<Versioned<Weights>>
}

export function WeightsEditor({ projectId, saved, canChange, mayTry, reload }: Props) {
  const save = useSaveWeights(projectId)
  const { data: defaults } = useQuery({ ...defaultWeightsQuery(projectId), enabled: canChange })
  const form = useVersionedDraft({
    saved,
    save: (change) =>
      save.mutateAsync(change).then(({ version, weights }) => ({ version, value: weights as unknown as Weights })),
    reload,
    onSaved: () => toastDone('Weights saved. Each score changes with the customer’s next action.'),
  })
  const { draft, change, error } = form
  const sum = highestSum(draft)
  const isTooMuch = sum > HIGHEST + 1e-9
  const field = { isDisabled: !canChange, error }
  const setGroup = (name: GroupName, part: Partial<GroupWeight>) =>
    change({ ...draft, [name]: { ...draft[name], ...part } })
  return (
    <>
      {!canChange && <p className={classes.note}>Only owners and admins can change the weights.</p>}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Card
            title="What a customer does"
            help="Each event adds points, fewer the older it is. A group never adds more than its maximum."
          >
            <div className={classes.short}>
              <Points
                label={WEIGHT_LABELS.half_life_days}
                name="half_life_days"
                suffix=" days"
                max={3_650}
                value={draft.half_life_days}
                onChange={(half_life_days) => change({ ...draft, half_life_days })}
                {...field}
              />
            </div>
            <ul className={classes.groups}>
              {GROUPS.map(({ name, label, help }) => (
                <li key={name}>
                  <div>
                    <b>{label}</b>
                    <span>{help}</span>
                  </div>
                  <Points
                    label={WEIGHT_LABELS.weight}
                    of={label}
                    name={`${name}.weight`}
                    value={draft[name].weight}
                    onChange={(weight) => setGroup(name, { weight })}
                    {...field}
                  />
                  <Points
                    label={WEIGHT_LABELS.cap}
                    of={label}
                    name={`${name}.cap`}
                    value={draft[name].cap}
                    onChange={(cap) => setGroup(name, { cap })}
                    {...field}
                  />
                </li>
              ))}
            </ul>
          </Card>
          <Card title="What you know about a customer" help="These points do not decrease over time.">
            <div className={classes.facts}>
              {FITS.map(({ name, label }) => (
                <Points
                  key={name}
                  label={label}
                  name={`fit.${name}`}
                  value={draft.fit[name]}
                  onChange={(points) => change({ ...draft, fit: { ...draft.fit, [name]: points } })}
                  {...field}
                />
              ))}
            </div>
          </Card>
        </div>
        <div className={classes.column}>
          <Card title="Highest possible score">
            <p className={classes.big} data-bad={isTooMuch || undefined}>
              {round(sum)} <span>of {HIGHEST}</span>
            </p>
            <span className={classes.track} data-bad={isTooMuch || undefined} aria-hidden>
              <i style={{ width: `${Math.min(100, sum)}%` }} />
            </span>
            <p className={classes.note}>
              {isTooMuch
                ? `The maximums and the points for what you know add up to more than ${HIGHEST}. Lower some of them.`
                : 'All maximums plus the points for what you know.'}
            </p>
          </Card>
          <Card title="Example">
            <p className={classes.big} role="status" aria-label="Score of the example">
              {exampleScore(draft)} <span>{form.isChanged ? `was ${exampleScore(form.saved)}` : 'points'}</span>
            </p>
            <p className={classes.note}>
              A customer who viewed {EXAMPLE.views} items, searched{' '}
              {EXAMPLE.searches === 2 ? 'twice' : `${EXAMPLE.searches} times`}, clicked your phone number and started a
              booking {EXAMPLE.days} days ago, and whose e-mail address you know.
            </p>
          </Card>
          {mayTry && canChange && <DryRun projectId={projectId} draft={draft} isChanged={form.isChanged} />}
        </div>
      </div>
      {canChange && (
        <SaveBar
          form={form}
          active={
            form.version === 0
              ? 'The default weights are active.'
              : 'All changes are saved. Each score changes with the customer’s next action.'
          }
          obstacle={
            isTooMuch ? `The highest possible score is ${round(sum)}; it must be ${HIGHEST} or less.` : undefined
          }
          onUseDefaults={defaults && !isSameJson(defaults, draft) ? () => change(defaults) : undefined}
          saveLabel="Save weights"
          labelOf={weightLabel}
        />
      )}
    </>
  )
}

type PointsProps = {
  label: string
  of?: string
  name: string
  suffix?: string
  max?: number
  value: number
  isDisabled: boolean
  error: Error | null
  onChange: (value: number) => void
}

function Points({ label, of, name, suffix = '', max = 100, value, isDisabled, error, onChange }: PointsProps) {
  return (
    <NumberField
      size="xs"
      label={label}
      {...(of ? { 'aria-label': `${of}: ${label.toLowerCase()}` } : {})}
      suffix={suffix}
      min={0}
      max={max}
      decimalScale={2}
      disabled={isDisabled}
      value={value}
      error={fieldError(error, name)}
      onChange={onChange}
    />
  )
}

function round(points: number): number {
  return Math.round(points * 100) / 100
}
