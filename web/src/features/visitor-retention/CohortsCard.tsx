// The cohorts: a row for each, a cell for each time after it.
import type { ReactNode } from 'react'
import { plural } from '../../lib/format'
import { ChartCard } from '../../ui/ChartCard'
import type { VisitorRetention } from './api'
import { gridSheet } from './figures'
import { Grid } from './Grid'
import { type RetentionSearch, unitIn } from './model'

const HELP =
  'Each row is a cohort: the visitors whose first of all stored visits, orders or bookings lies in that time. Each cell is the share of them who were back so many days, weeks or months after it, whatever they did in between. The row of all cohorts weighs each by its visitors, and leaves out time that is not over.'

type Props = {
  answer: VisitorRetention
  search: RetentionSearch
  onOpen: (key: string | undefined) => void
  children?: ReactNode
}

export function CohortsCard({ answer, search, onOpen, children }: Props) {
  return (
    <ChartCard
      title="Cohorts"
      help={HELP}
      note={plural(answer.cohorts.length, unitIn(answer))}
      sheet={gridSheet(answer)}
      piece="retention.cohorts"
    >
      <Grid search={search} answer={answer} onOpen={onOpen} />
      {children}
    </ChartCard>
  )
}
