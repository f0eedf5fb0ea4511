// The receipts of erasures: how far each has come, what it removed, and admitting the person again.
import { Button } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMembers } from '../../api/members'
import { uniqueRows } from '../../api/question'
import { exactNumber } from '../../lib/format'
import { absoluteTime } from '../../lib/time'
import { Card } from '../../ui/Card'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { CopyIcon } from '../../ui/Copy'
import { type Column, DataTable } from '../../ui/DataTable'
import { ExportButton } from '../../ui/ExportButton'
import { Time } from '../../ui/Figures'
import { LoadMore } from '../../ui/LoadMore'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import { toastDone } from '../../ui/toast'
import { allErasures, erasuresQuery, useLift } from './api'
import { type Erasure, isUnderWay, removedParts, stepsOf } from './model'
import classes from './Privacy.module.css'

export function Erasures({ projectId }: { projectId: string }) {
  const erasures = useInfiniteQuery(erasuresQuery(projectId))
  const { knownName } = useMembers(projectId)
  const [lifting, setLifting] = useState<Erasure | null>(null)
  const rows = uniqueRows(erasures.data?.pages.map((page) => page.erasures) ?? [], ({ id }) => id)
  const byWhom = ({ requested_by: { kind, id } }: Erasure) =>
    knownName(id) ?? (kind === 'secret_key' ? 'Revoked key' : 'Former member')
  return (
    <Card
      title="Erasures"
      piece="privacy.erasures"
      help="A receipt contains no personal data. Keep its id with the request of the person. Erasures are applied again when a backup is restored."
      flush
      actions={
        <ExportButton what="erasures" one="erasure" list={() => allErasures(projectId)} isEmpty={rows.length === 0} />
      }
    >
      <Result what="The erasures" question={erasures} skeleton={<RowsSkeleton rows={3} />}>
        {() =>
          rows.length === 0 ? (
            <Empty icon={IconFileCheck} title="No erasures yet">
              Look up a person above to erase them. The progress and the receipt are shown here.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Erasures"
                columns={columns(byWhom, setLifting)}
                rows={rows}
                rowKey={({ id }) => id}
                isStale={erasures.isPlaceholderData}
              />
              <LoadMore
                shown={rows.length}
                what="erasures"
                one="erasure"
                hasMore={erasures.hasNextPage}
                isLoading={erasures.isFetchingNextPage}
                onMore={() => void erasures.fetchNextPage()}
              />
            </>
          )
        }
      </Result>
      {lifting && <Lift projectId={projectId} erasure={lifting} onClose={() => setLifting(null)} />}
    </Card>
  )
}

function columns(byWhom: (erasure: Erasure) => string, onLift: (erasure: Erasure) => void): Column<Erasure>[] {
  return [
    { key: 'requested', header: 'Requested', cell: (erasure) => <Time at={erasure.requested_at} />, small: 'title' },
    { key: 'by', header: 'Requested by', cell: byWhom },
    { key: 'steps', header: 'Progress', cell: (erasure) => <Steps erasure={erasure} />, small: 'line' },
    { key: 'removed', header: 'Removed', cell: (erasure) => <Removed erasure={erasure} />, small: 'line' },
    {
      key: 'refused',
      header: 'Blocked identifiers',
      align: 'right',
      cell: (erasure) => (erasure.lifted_at ? '–' : exactNumber(erasure.refused_identifiers)),
      isExtra: true,
      small: 'fact',
    },
    {
      key: 'id',
      header: 'Receipt',
      cell: ({ id }) => (
        <span className={classes.id}>
          <code title={id}>{id}</code>
          <CopyIcon text={id} what="receipt id" />
        </span>
      ),
    },
    {
      key: 'actions',
      header: '',
      align: 'right',
      small: 'line',
      cell: (erasure) => <Again erasure={erasure} onLift={() => onLift(erasure)} />,
    },
  ]
}

function Steps({ erasure }: { erasure: Erasure }) {
  const steps = stepsOf(erasure)
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <ol className={classes.steps} aria-label="Progress">
      {steps.map(({ key, label, help, at, isDone }, index) => (
        <li
          key={key}
          data-done={isDone || undefined}
          data-now={index === next || undefined}
          title={`${help}${at ? ` ${absoluteTime(at)}` : ''}`}
        >
          <i />
          {label}
        </li>
      ))}
    </ol>
  )
}

function Removed({ erasure }: { erasure: Erasure }) {
  const parts = removedParts(erasure)
  if (parts.length === 0)
    return <span className={classes.muted}>{isUnderWay(erasure) ? 'Nothing yet' : 'No data found'}</span>
  return (
    <span className={classes.removed}>
      {parts.map(({ count, what }) => `${exactNumber(count)} ${what}`).join(', ')}
    </span>
  )
}

function Again({ erasure, onLift }: { erasure: Erasure; onLift: () => void }) {
  if (erasure.lifted_at) return <Time at={erasure.lifted_at} prefix="Accepted again " />
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={isUnderWay(erasure)}
      title={isUnderWay(erasure) ? 'The erasure is still in progress' : undefined}
      onClick={onLift}
    >
      Accept again
    </Button>
  )
}

function Lift({ projectId, erasure, onClose }: { projectId: string; erasure: Erasure; onClose: () => void }) {
  const lift = useLift(projectId)
  return (
    <ConfirmDialog
      title="Accept events of this person again"
      action="Accept events"
      isHarmless
      isPending={lift.isPending}
      error={lift.error}
      onClose={onClose}
      onConfirm={() =>
        lift.mutate(erasure.id, { onSuccess: () => (toastDone('Events of this person are accepted again'), onClose()) })
      }
    >
      <p>
        Do this only if the person has given consent again. New events of this person are then accepted. Erased data is
        not restored.
      </p>
    </ConfirmDialog>
  )
}
