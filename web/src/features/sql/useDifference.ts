// A stored answer compared with the one before, which is loaded only when that is wanted.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { type ComparedRow, type Difference, differenceOf, type Obstacle, obstacleOf } from './difference'
import type { SqlAnswer } from './model'
import { type QuestionRun, storedAnswerQuery } from './runsApi'

/** More rows than a page has hide what changed: then only that is shown at first. */
const MAX_WHOLE = 100

export type Compared = {
  /** Why the two cannot be compared. */
  obstacle: Obstacle | null
  counts: Difference['counts'] | undefined
  /** What the table shows; nothing where it shows the answer as it is. */
  rows: readonly ComparedRow[] | undefined
  isLoading: boolean
  error: Error | null
  isOnlyChanges: boolean
  setOnlyChanges: (isOnly: boolean) => void
}

export function useDifference(
  projectId: string,
  questionId: string,
  answer: SqlAnswer | undefined,
  previous: QuestionRun | undefined,
  isCompared: boolean,
): Compared {
  const own = useMemo(() => (answer ? obstacleOf(answer) : null), [answer])
  const isWanted = isCompared && answer !== undefined && previous !== undefined && own === null
  const before = useQuery({
    ...storedAnswerQuery(projectId, questionId, previous?.id ?? ''),
    enabled: isWanted,
  })
  const [chosen, setChosen] = useState<boolean>()
  const found = useMemo(
    () => (isWanted && before.data ? differenceOf(before.data, answer) : undefined),
    [isWanted, before.data, answer],
  )
  const difference = typeof found === 'object' ? found : undefined
  const isOnlyChanges = chosen ?? (difference !== undefined && difference.rows.length > MAX_WHOLE)
  const rows = useMemo(
    () => (isOnlyChanges ? difference?.rows.filter(({ mark }) => mark !== 'same') : difference?.rows),
    [difference, isOnlyChanges],
  )
  return {
    obstacle: own ?? (typeof found === 'string' ? found : null),
    counts: difference?.counts,
    rows,
    isLoading: isWanted && before.isPending,
    error: isWanted ? before.error : null,
    isOnlyChanges,
    setOnlyChanges: setChosen,
  }
}
