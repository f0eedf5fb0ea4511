// The elements as a table, for a file.
import type { ChartTable } from '../../ui/TableActions'
import type { Heatmap } from './api'
import type { Layer } from './model'

export function elementsSheet({ elements }: Pick<Heatmap, 'elements'>, layer: Layer): ChartTable {
  return {
    name: `heatmap-${layer}`,
    header: ['selector', 'text', 'events', 'previous_events', 'sessions', 'visitors', 'first_seen', 'last_seen'],
    rows: elements.map((element) => [
      element.selector,
      element.text ?? null,
      element.events,
      element.previous_events,
      element.sessions,
      element.visitors,
      element.first_seen,
      element.last_seen,
    ]),
  }
}
