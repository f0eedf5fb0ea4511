// What the next run removes under the days in the form.
import { Button } from '@mantine/core'
import { plural } from '../../../lib/format'
import { describe } from '../../../ui/Result'
import { type Preview, rowsText, utcDay } from './model'
import classes from './Retention.module.css'
import type { Removals } from './useRemovals'

export function PreviewList({ removals: { preview } }: { removals: Removals }) {
  if (preview.error) {
    return (
      <div className={classes.preview} role="alert">
        <p>
          What the next run will remove could not be counted: {describe(preview.error).title}. Nothing has been changed.
        </p>
        <Button variant="default" size="xs" onClick={() => void preview.refetch()}>
          Try again
        </Button>
      </div>
    )
  }
  if (!preview.data) return <p className={classes.preview}>Counting what the next run will remove…</p>
  const kinds = preview.data.kinds.filter((kind) => kind.rows > 0)
  return (
    <div className={classes.preview} role="status">
      <b>{kinds.length > 0 ? 'The next run will remove' : 'The next run will remove nothing that is stored now.'}</b>
      {kinds.length > 0 && <RemovedKinds kinds={kinds} />}
    </div>
  )
}

export function RemovedKinds({ kinds }: { kinds: Preview['kinds'] }) {
  return (
    <ul className={classes.kinds}>
      {kinds.map((kind) => (
        <li key={kind.kind}>
          {rowsText(kind.kind, kind.rows)} from before {utcDay(kind.removes_before)}, older than{' '}
          {plural(kind.days, 'day')}
        </li>
      ))}
    </ul>
  )
}
