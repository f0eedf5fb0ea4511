// The elements of a map in their card.
import type { ComponentProps } from 'react'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { CsvButton } from '../../ui/TableActions'
import type { Heatmap } from './api'
import { ElementList } from './ElementList'
import { elementsSheet } from './sheet'

type Props = Omit<ComponentProps<typeof ElementList>, 'elements' | 'path'> & { answer: Heatmap }

export function ElementsCard({ answer, ...list }: Props) {
  const { elements, element_total: total } = answer
  return (
    <Card
      title="Elements"
      piece="heatmaps.elements"
      help="Events in the same place of an element count for it on every screen."
      note={
        total > elements.length
          ? `${exactNumber(elements.length)} with the most events, of ${exactNumber(total)}`
          : exactNumber(total)
      }
      flush
      actions={<CsvButton sheet={elementsSheet(answer, list.layer)} />}
    >
      <ElementList {...list} path={answer.path} elements={elements} />
    </Card>
  )
}
