// The answer of the statement that was just run.
import { duration, exactNumber } from '../../lib/format'
import { Answer } from './Answer'
import { type Request, wholeCsv } from './api'
import type { ChartChoice } from './chart'
import { type ChartSettings, CSV_ROWS, type SqlAnswer } from './model'
import { rowsText } from './runs'

type Props = {
  projectId: string
  done: { answer: SqlAnswer; request: Request }
  isStale: boolean
  chart: ChartChoice | undefined
  onChart: (settings: ChartSettings | undefined) => void
  /** Of a saved question, which boards can show. */
  title?: string | undefined
}

export function LiveAnswer({ projectId, done: { answer, request }, isStale, chart, onChart, title }: Props) {
  return (
    <Answer
      answer={answer}
      count={countText(answer, request.limit)}
      csv={{
        label: `Download as CSV, up to ${exactNumber(CSV_ROWS)} rows`,
        fileName: 'answer.csv',
        load: () => wholeCsv(projectId, request),
      }}
      isStale={isStale}
      chart={chart}
      onChart={onChart}
      title={title}
    />
  )
}

/** "1,000 rows in 84 ms, limited to 1,000" */
function countText(
  { row_count: count, truncated, elapsed_ms: elapsed }: SqlAnswer,
  limit: number | null | undefined,
): string {
  const rows = `${rowsText(count)} in ${duration(elapsed)}`
  return truncated ? `${rows}, limited to ${exactNumber(limit ?? count)}: there are more` : rows
}
