// Customers by their lead score, highest first; a row opens the reasons.

import { IconStars } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../../api/question'
import type { components } from '../../../api/schema.gen'
import { Card } from '../../../ui/Card'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Num } from '../../../ui/Figures'
import { LinkButton } from '../../../ui/LinkButton'
import { LoadMore } from '../../../ui/LoadMore'
import { Result } from '../../../ui/Result'
import { Empty, RowsSkeleton } from '../../../ui/States'
import { When } from '../../../ui/When'
import { scoresQuery } from './api'
import classes from './Scores.module.css'

type LeadScore = components['schemas']['LeadScore']

type Props = { projectId: string; openId: string | undefined; onOpen: (id: string) => void }

export function ScoreList({ projectId, openId, onOpen }: Props) {
  const scores = useInfiniteQuery(scoresQuery(projectId))
  const rows = uniqueRows(scores.data?.pages.map((page) => page.lead_scores) ?? [], (row) => row.user_id)
  return (
    <Card
      title="Most promising customers"
      piece="lead-scores.list"
      help="0 to 100, from what a customer did recently and what you know about them. Click a row to see why."
      flush
    >
      <Result what="The lead scores" question={scores} skeleton={<RowsSkeleton rows={10} />}>
        {() =>
          rows.length === 0 ? (
            <Empty
              icon={IconStars}
              title="No scores yet"
              action={
                <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} variant="default">
                  Install the tracker
                </LinkButton>
              }
            >
              Customers get a score with their first view, search, contact or booking. Your site names them by a user
              id.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Lead scores"
                columns={COLUMNS}
                rows={rows}
                rowKey={(row) => row.user_id}
                isStale={scores.isPlaceholderData}
                openKey={openId}
                onOpen={(row) => onOpen(row.user_id)}
              />
              <LoadMore
                shown={rows.length}
                what="customers"
                hasMore={scores.hasNextPage}
                isLoading={scores.isFetchingNextPage}
                onMore={() => void scores.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}

const COLUMNS: Column<LeadScore>[] = [
  { key: 'user', header: 'Customer', cell: (row) => <Who row={row} />, small: 'title' },
  { key: 'bar', header: '', width: '40%', cell: (row) => <Bar score={row.score} />, small: 'none' },
  { key: 'score', header: 'Score', align: 'right', cell: (row) => <b>{row.score}</b>, small: 'figure' },
  {
    key: 'own',
    header: 'Score in your database',
    align: 'right',
    cell: (row) => (row.calculated_score == null ? '–' : <Num value={row.calculated_score} />),
    isKnown: (row) => row.calculated_score != null,
  },
  { key: 'as-of', header: 'Last active', align: 'right', cell: (row) => <When at={row.as_of} /> },
]

function Who({ row }: { row: LeadScore }) {
  const name = row.name?.trim() || row.email || row.user_id
  const line = [row.email, row.user_id].find((text) => text && text !== name)
  return (
    <span className={classes.who}>
      <span className={classes.user}>{name}</span>
      {line && <span className={classes.line}>{line}</span>}
    </span>
  )
}

function Bar({ score }: { score: number }) {
  return (
    <span className={classes.track} aria-hidden>
      <i style={{ width: `${score}%` }} />
    </span>
  )
}
