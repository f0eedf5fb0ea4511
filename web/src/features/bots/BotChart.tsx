// The events of bots over time.
import type { BotShare } from '../../api/bots'
import { TimeSeries } from '../../charts/TimeSeries'
import { ChartCard } from '../../ui/ChartCard'
import { botSeries, seriesSheet } from './model'

type Props = { answer: BotShare; onRange: (range: { from: string; to: string }) => void }

export function BotChart({ answer, onRange }: Props) {
  return (
    <ChartCard
      title="Events of bots"
      piece="bots.events"
      help="Events of crawlers, monitors and automated browsers over the period."
      sheet={seriesSheet(answer)}
    >
      <TimeSeries
        height={220}
        series={botSeries(answer)}
        name="Events of bots"
        tone="accent"
        shape="bar"
        withPrevious={false}
        onRange={onRange}
      />
    </ChartCard>
  )
}
