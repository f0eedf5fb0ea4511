// The sessions in which visitors stopped at a step, each leading to its page.

import { IconFootsteps } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { exactNumber } from '../../lib/format'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { SessionLink } from '../../ui/SessionLink'
import { PanelSection, SidePanel } from '../../ui/SidePanel'
import { Empty, RowsSkeleton } from '../../ui/States'
import { DROPPED_SHOWN, droppedQuery } from './api'
import classes from './Funnels.module.css'
import { type FunnelAnswer, unitsText } from './figures'
import { DEFAULTS, type FunnelSearch } from './model'

type Row = NonNullable<FunnelAnswer['dropped_sessions']>[number]

const COLUMNS: Column<Row>[] = [
  { key: 'when', header: 'Reached the step', cell: ({ reached_at }) => <Time at={reached_at} /> },
  { key: 'session', header: 'Session', cell: ({ session_id }) => <SessionLink sessionId={session_id} isShort /> },
]

type Props = { projectId: string; search: FunnelSearch; step: number; onClose: () => void }

export function DroppedPanel({ projectId, search, step, onClose }: Props) {
  const dropped = useQuery(droppedQuery(projectId, search, step))
  const title = `Dropped after step ${step + 1}`
  return (
    <SidePanel label={title} title={<h2 className={classes.panelTitle}>{title}</h2>} onClose={onClose}>
      <Result what="The sessions" question={dropped} skeleton={<RowsSkeleton rows={10} />}>
        {(answer) => <Sessions answer={answer} step={step} search={search} />}
      </Result>
    </SidePanel>
  )
}

function Sessions({ answer, step, search }: { answer: FunnelAnswer; step: number; search: FunnelSearch }) {
  const rows = answer.dropped_sessions ?? []
  const figures = answer.steps[step]
  const isCut = rows.length === DROPPED_SHOWN
  return (
    <>
      {figures && (
        <p className={classes.about}>
          {unitsText(figures.dropped, search.unit ?? DEFAULTS.unit)}{' '}
          {figures.label == null ? (
            `took ${step + 1} of the steps and no more.`
          ) : (
            <>
              reached <b>{figures.label}</b> and not the next step.
            </>
          )}
        </p>
      )}
      {rows.length === 0 ? (
        <Empty icon={IconFootsteps} title="No sessions to show">
          What they did belongs to no session, or nobody dropped here any more.
        </Empty>
      ) : (
        <PanelSection title={isCut ? `Latest ${exactNumber(rows.length)} sessions` : `Sessions, latest first`}>
          <DataTable
            label="Sessions that dropped"
            columns={COLUMNS}
            rows={rows}
            rowKey={({ session_id, reached_at }) => `${session_id} ${reached_at}`}
            isCompact
          />
        </PanelSection>
      )}
    </>
  )
}
