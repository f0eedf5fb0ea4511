// The pages on which an element's or error's friction happens.
import { useInfiniteQuery } from '@tanstack/react-query'
import type { FrictionItem } from '../../api/types'
import { BarList } from '../../charts/BarList'
import type { AnalysisSearch } from '../../lib/analysis'
import { ChangeBadge, Num } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { PanelSection } from '../../ui/SidePanel'
import { RowsSkeleton } from '../../ui/States'
import { pagesQuery } from './api'
import { isNarrow } from './model'

type Props = { projectId: string; search: AnalysisSearch; item: FrictionItem }

export function ItemPages({ projectId, search, item }: Props) {
  if (!isNarrow(item)) return item.top_page ? <PanelSection title="Top page">{item.top_page}</PanelSection> : null
  return <NarrowPages projectId={projectId} search={search} />
}

function NarrowPages({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const pages = useInfiniteQuery(pagesQuery(projectId, search, 8))
  return (
    <PanelSection title="Pages">
      <Result what="The pages" question={pages} skeleton={<RowsSkeleton rows={3} />}>
        {(data) => (
          <BarList
            tone="bad"
            bars={[...(data.pages[0]?.pages ?? [])]
              .sort((a, b) => b.count - a.count)
              .map((page) => ({
                key: page.path,
                name: page.path,
                value: page.count,
                figure: <Num value={page.count} />,
                extra: <ChangeBadge current={page.count} previous={page.previous_count} good="down" />,
              }))}
          />
        )}
      </Result>
    </PanelSection>
  )
}
