// The two groups that an address compares, from the same answer or from two others.
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { useTile } from '../../ui/tile'
import type { VisitorRetention } from './api'
import { cohortGroups, Segments } from './Comparison'
import type { Group } from './comparison'
import { type RetentionSearch, unitIn } from './model'
import classes from './Retention.module.css'

type Props = {
  projectId: string
  search: RetentionSearch
  answer: VisitorRetention
  children: (groups: [Group, Group]) => ReactNode
}

export function Compared({ projectId, search, answer, children }: Props) {
  const unit = unitIn(answer)
  const { compare, a, b } = search
  if (compare === 'cohort') {
    const groups = cohortGroups(answer, search, unit)
    return groups ? (
      children(groups)
    ) : (
      <Note>There are no two cohorts with a {unit} that is over. Choose a longer period.</Note>
    )
  }
  if (compare === undefined) return null
  if (!a || !b) return <Note>Choose both groups to compare them.</Note>
  return <Segments projectId={projectId} search={search} dimension={compare} a={a} b={b} onGroups={children} />
}

/** On a board it has a card of its own. */
function Note({ children }: { children: ReactNode }) {
  const note = <p className={classes.note}>{children}</p>
  return useTile() ? <Card title="Comparison">{note}</Card> : note
}
