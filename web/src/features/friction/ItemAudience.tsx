// Whom an entry hits: the browser, device and country that most of its sessions have in common, beside their share of all sessions.
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FrictionItem } from '../../api/types'
import { type AnalysisSearch, withFilter } from '../../lib/analysis'
import { percent } from '../../lib/format'
import { PanelSection } from '../../ui/SidePanel'
import { BlockSkeleton } from '../../ui/States'
import { audienceQuery } from './api'
import classes from './Friction.module.css'
import { isNarrow, itemFilter } from './model'
import { AUDIENCE_LABELS, AUDIENCES, audienceLabel, commonOf } from './story'

type Props = { projectId: string; search: AnalysisSearch; item: FrictionItem }

export function ItemAudience(props: Props) {
  return isNarrow(props.item) ? <NarrowAudience {...props} /> : null
}

function NarrowAudience({ projectId, search, item }: Props) {
  const met = useQueries({
    queries: AUDIENCES.map((by) => audienceQuery(projectId, { ...search, ...itemFilter(item) }, by)),
  })
  const all = useQueries({ queries: AUDIENCES.map((by) => audienceQuery(projectId, search, by)) })
  const isPending = [...met, ...all].some((question) => question.isPending)
  const rows = AUDIENCES.flatMap((by, index) => {
    const [of, among] = [met[index]?.data, all[index]?.data]
    const common = of && among && commonOf(of, among)
    return common ? [{ by, ...common }] : []
  })
  if (!isPending && rows.length === 0) return null
  return (
    <PanelSection title="Who meets it">
      {isPending ? (
        <BlockSkeleton height={84} />
      ) : (
        <ul className={classes.audience}>
          {rows.map(({ by, value, share, usual, isUnusual }) => (
            <li key={by} data-unusual={isUnusual || undefined}>
              <span className={classes.muted}>{AUDIENCE_LABELS[by]}</span>
              <Link
                to="/p/$projectId/friction"
                params={{ projectId }}
                search={withFilter(search, by, value)}
                title={`Only ${audienceLabel(by, value)}`}
              >
                {audienceLabel(by, value)}
              </Link>
              <b>{percent(share)}</b>
              <span className={classes.muted}>of all sessions {percent(usual)}</span>
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  )
}
