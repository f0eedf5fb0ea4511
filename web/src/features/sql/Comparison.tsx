// Over a stored answer: whether it is compared with the one before, and what that shows.
import { Switch } from '@mantine/core'
import { asProblem } from '../../api/problem'
import classes from './Runs.module.css'
import { differenceText, OBSTACLE_TEXTS } from './runs'
import type { Compared } from './useDifference'

type Props = {
  /** The run before, by its time. */
  name: string
  difference: Compared
  isCompared: boolean
  onCompare: (isCompared: boolean) => void
}

export function Comparison({ name, difference, isCompared, onCompare }: Props) {
  const { obstacle, counts, error, isLoading, isOnlyChanges, setOnlyChanges } = difference
  if (obstacle && !isCompared) return <p className={classes.compare}>{OBSTACLE_TEXTS[obstacle]}</p>
  return (
    <div className={classes.compare}>
      <Switch
        size="xs"
        label={`Compare with ${name}`}
        checked={isCompared}
        onChange={(event) => onCompare(event.currentTarget.checked)}
      />
      {isCompared && (
        <span role="status">
          {isLoading && 'Comparing …'}
          {error && failureText(asProblem(error).status)}
          {obstacle && OBSTACLE_TEXTS[obstacle]}
          {counts && differenceText(counts)}
        </span>
      )}
      {counts && counts.same > 0 && (
        <Switch
          size="xs"
          label="Only changes"
          checked={isOnlyChanges}
          onChange={(event) => setOnlyChanges(event.currentTarget.checked)}
        />
      )}
    </div>
  )
}

function failureText(status: number): string {
  return status === 410
    ? 'The answer before was removed because a person was erased.'
    : 'The answer before could not be loaded.'
}
