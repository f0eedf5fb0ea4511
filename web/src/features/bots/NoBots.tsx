// A period without bots, and a way to see more of them.
import { Button } from '@mantine/core'
import { IconRobotOff } from '@tabler/icons-react'
import type { BotShare } from '../../api/bots'
import { type AnalysisSearch, activeFilters, withoutFilters } from '../../lib/analysis'
import { exactNumber } from '../../lib/format'
import { Empty } from '../../ui/States'

type Props = { answer: BotShare; search: AnalysisSearch; onShow: (search: AnalysisSearch) => void }

export function NoBots({ answer, search, onShow }: Props) {
  const isFiltered = activeFilters(search).length > 0
  return (
    <Empty
      icon={IconRobotOff}
      title="No bots in this period"
      action={
        <Button variant="default" onClick={() => onShow(isFiltered ? withoutFilters(search) : { period: '90d' })}>
          {isFiltered ? 'Remove filters' : 'Show last 90 days'}
        </Button>
      }
    >
      {answer.events === 0
        ? 'No events arrived at all.'
        : `All ${exactNumber(answer.events)} events ${isFiltered ? 'that meet the filters ' : ''}came from visitors and programs.`}{' '}
      Here you will see which crawlers, monitors and automated browsers visit your site.
    </Empty>
  )
}
