// Scores all customers by the weights as they are in the editor, beside the ones in force, before they are saved.
import { Button } from '@mantine/core'
import { IconTestPipe } from '@tabler/icons-react'
import { exactNumber, plural } from '../../../lib/format'
import { Card } from '../../../ui/Card'
import { FormFailure } from '../../../ui/FormFailure'
import { PersonLink } from '../../../ui/PersonLink'
import { RowsSkeleton } from '../../../ui/States'
import { useTryWeights, type WeightsDryRun } from './api'
import classes from './DryRun.module.css'
import { barShares } from './model'
import type { Weights } from './weights'

export function DryRun({ projectId, draft, isChanged }: { projectId: string; draft: Weights; isChanged: boolean }) {
  const run = useTryWeights(projectId)
  // An answer about other weights says nothing about these.
  const answered = run.data && run.variables === draft ? run.data : undefined
  return (
    <Card
      title="Compare scores"
      help="Scores your customers as of now by these weights and by the saved ones. Nothing is changed."
    >
      <Button
        variant="default"
        leftSection={<IconTestPipe size={14} />}
        loading={run.isPending}
        disabled={!isChanged}
        onClick={() => run.mutate(draft)}
      >
        Compare with the saved weights
      </Button>
      {!isChanged && <p className={classes.note}>Change a weight to compare.</p>}
      <FormFailure error={run.error} />
      {run.isPending && <RowsSkeleton rows={4} />}
      {answered && !run.isPending && <Answer run={answered} />}
    </Card>
  )
}

function Answer({ run }: { run: WeightsDryRun }) {
  const looked = `of ${plural(run.customers, 'customer')}${run.is_complete ? '' : ', those with the highest scores'}`
  return (
    <div className={classes.answer} role="status">
      <p>
        The score of <b>{exactNumber(run.changed)}</b> {looked} would change.
      </p>
      <div className={classes.legend} aria-hidden>
        <span data-of="before">Saved weights</span>
        <span data-of="after">These weights</span>
      </div>
      <table className={classes.bars}>
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col">Customers, saved and these</th>
          </tr>
        </thead>
        <tbody>
          {barShares(run.bars).map(({ from, label, before, after, beforeShare, afterShare }) => (
            <tr key={from}>
              <th scope="row">{label}</th>
              <td>
                <span className={classes.bar} data-of="before">
                  <i style={{ width: `${beforeShare * 100}%` }} /> {exactNumber(before)}
                </span>
                <span className={classes.bar} data-of="after">
                  <i style={{ width: `${afterShare * 100}%` }} /> {exactNumber(after)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {run.movers.length > 0 && (
        <section>
          <h3>Largest changes</h3>
          <ul className={classes.movers}>
            {run.movers.map(({ user_id: id, name, email, before, after }) => (
              <li key={id}>
                <PersonLink personId={id}>{name || email || id}</PersonLink>
                <span>
                  {before} → <b>{after}</b>{' '}
                  <span className={classes.note}>{after > before ? `+${after - before}` : `−${before - after}`}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
