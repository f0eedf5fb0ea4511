// Scroll depth in figures: which share of the sessions saw the page down to each tenth.
import { IconArrowBarToDown } from '@tabler/icons-react'
import { percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { CsvButton } from '../../ui/TableActions'
import type { Heatmap } from './api'
import classes from './Heatmaps.module.css'

/** Two twentieths. */
const EVERY = 2

export function ScrollList({ scroll }: Pick<Heatmap, 'scroll'>) {
  const steps = scroll?.reached.map((share, index) => ({ depth: index / (scroll.reached.length - 1), share })) ?? []
  return (
    <Card
      title="Depth"
      piece="heatmaps.depth"
      help="Sessions that saw at least so much of the page’s height. The part that the screen showed at first counts."
      flush
      actions={
        <CsvButton
          sheet={
            scroll
              ? {
                  name: 'scroll-depth',
                  header: ['depth', 'share_of_sessions'],
                  rows: steps.map(({ depth, share }) => [depth, share]),
                }
              : undefined
          }
        />
      }
    >
      {!scroll ? (
        <Empty icon={IconArrowBarToDown} title="No scroll depth for this page">
          Choose a longer period or another screen width.
        </Empty>
      ) : (
        <table className={classes.table} aria-label="Scroll depth">
          <thead>
            <tr>
              <th scope="col">Page seen</th>
              <th scope="col">Sessions</th>
            </tr>
          </thead>
          <tbody>
            {steps
              .filter((_, index) => index % EVERY === 0)
              .map(({ depth, share }) => (
                <tr key={depth}>
                  <td>
                    <span className={classes.depth}>
                      {Math.round(depth * 100)}%
                      <i aria-hidden>
                        <i style={{ width: `${share * 100}%` }} />
                      </i>
                    </span>
                  </td>
                  <td>{percent(share)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
