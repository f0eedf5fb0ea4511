// The audit log: every change and every refused one, latest first, kept for 400 days.

import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { uniqueRows } from '../../api/question'
import { useRole } from '../../api/useRole'
import { LevelBadge } from '../../ui/Badges'
import { Card } from '../../ui/Card'
import { CopyIcon } from '../../ui/Copy'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { NeedsRole } from '../../ui/NeedsRole'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { allEntries, auditQuery } from './api'
import { type AuditEntry, operationLabel, outcomeOf } from './model'
import classes from './Team.module.css'

const COLUMNS: Column<AuditEntry>[] = [
  { key: 'at', header: 'Time', width: '120px', cell: (entry) => <Time at={entry.at} />, small: 'figure' },
  {
    key: 'what',
    header: 'Operation',
    cell: (entry) => <b title={entry.operation}>{operationLabel(entry.operation)}</b>,
    small: 'title',
  },
  { key: 'who', header: 'By', cell: (entry) => <Who entry={entry} />, small: 'line' },
  { key: 'outcome', header: 'Outcome', cell: (entry) => <Outcome entry={entry} />, small: 'fact' },
  { key: 'target', header: 'Object', cell: (entry) => entry.target && <Target target={entry.target} />, isExtra: true },
  {
    key: 'address',
    header: 'IP address',
    cell: (entry) => <span className={classes.muted}>{entry.address}</span>,
    isExtra: true,
    small: 'fact',
  },
]

export function AuditLog({ projectId }: { projectId: string }) {
  const { may, role } = useRole(projectId)
  const audit = useInfiniteQuery({ ...auditQuery(projectId), enabled: may('admin') })
  const rows = uniqueRows(audit.data?.pages.map((page) => page.entries) ?? [], (entry) => entry.request_id)
  if (role && !may('admin'))
    return (
      <Card title="Audit log">
        <NeedsRole what="Audit logs" needed="admin" role={role} />
      </Card>
    )
  return (
    <Card
      title="Audit log"
      piece="team.audit"
      help="Every change and every rejected attempt, kept for 400 days. IP addresses are masked."
      flush
      actions={
        <ExportButton
          what="entries"
          one="entry"
          list={() => allEntries(projectId)}
          isEmpty={rows.length === 0}
          note="The CSV file has all entries of the audit log."
        />
      }
    >
      <Result what="The audit log" question={audit} skeleton={<RowsSkeleton rows={10} />}>
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconHistory} title="No changes yet">
              Changes to keys, members, settings and personal data are listed here.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Audit log"
                columns={COLUMNS}
                rows={rows}
                rowKey={(entry) => entry.request_id}
                isStale={audit.isPlaceholderData}
              />
              <LoadMore
                shown={rows.length}
                what="entries"
                one="entry"
                hasMore={audit.hasNextPage}
                isLoading={audit.isFetchingNextPage}
                onMore={() => void audit.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
    </Card>
  )
}

function Who({ entry }: { entry: AuditEntry }) {
  return (
    <span>
      {entry.actor.label}
      {entry.actor.kind === 'secret_key' && <span className={classes.muted}> (secret key)</span>}
    </span>
  )
}

function Outcome({ entry }: { entry: AuditEntry }) {
  const { label, level } = outcomeOf(entry.status)
  if (level === 'good') return <span className={classes.muted}>{label}</span>
  return (
    <span title={`HTTP ${entry.status}, request id ${entry.request_id}`}>
      <LevelBadge level={level} label={label} />
    </span>
  )
}

function Target({ target }: { target: string }) {
  return (
    <span className={classes.person}>
      <code className={classes.code} title={target}>
        {target}
      </code>
      <CopyIcon text={target} what="id" />
    </span>
  )
}
