// Call health: how many calls say themselves that they ended, and what the server did about the others.
import { Button, Switch } from '@mantine/core'
import { IconHeartbeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { components } from '../../api/schema.gen'
import { Band } from '../../charts/Band'
import { percent } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { FigureStrip } from '../../ui/FigureStrip'
import { Num, Time } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { CardSkeleton, Empty } from '../../ui/States'
import { healthQuery } from './api'
import classes from './Billing.module.css'
import { completionOf, lateRun } from './health'
import type { BillingSearch, Tab } from './model'
import { PeriodMenu } from './PeriodMenu'

type Run = components['schemas']['CleanupRun']
export type Health = components['schemas']['HealthFigures']
type Props = {
  projectId: string
  search: BillingSearch
  onChange: (search: BillingSearch) => void
  onShow: (tab: Tab) => void
}

export function HealthTab({ projectId, search, onChange, onShow }: Props) {
  const { from, to, span, ...rest } = search
  const chosen = { ...(span ? { span } : {}), ...(from && to ? { from, to } : {}) }
  const health = useQuery(healthQuery(projectId, chosen))
  return (
    <>
      <div className={classes.bar}>
        <PeriodMenu period={chosen} onChange={(next) => onChange({ ...rest, ...next })} />
      </div>
      <Result isFramed what="Call health" question={health} skeleton={<CardSkeleton height={300} />}>
        {(data) => (
          <>
            <Completion completion={data.session_completion} onShow={onShow} />
            <Runs runs={data.cleanup_runs} />
          </>
        )}
      </Result>
    </>
  )
}

type CompletionProps = { completion: Health['session_completion']; onShow: (tab: Tab) => void }

export function Completion({ completion, onShow }: CompletionProps) {
  const { calls, real, inferred, errors, next, open, rate } = completionOf(completion)
  if (calls === 0)
    return (
      <Card title="Completion">
        <Empty
          icon={IconHeartbeat}
          title="No calls in this period"
          action={
            <Button variant="default" onClick={() => onShow('widgets')}>
              Open widgets
            </Button>
          }
        >
          This page shows how many calls report their own end.
        </Empty>
      </Card>
    )
  return (
    <FigureStrip
      label="Completion"
      piece="billing.completion"
      figures={[
        {
          key: 'rate',
          name: 'Completion rate',
          value: rate === null ? '–' : percent(rate),
          note: 'of all calls',
          help: 'The share of started calls whose page sent call_end. A low rate means that pages close without sending it, or that calls fail.',
        },
        { key: 'calls', name: 'Calls', value: <Num value={calls} />, help: 'Calls started in this period.' },
        {
          key: 'real',
          name: 'Real end',
          value: <Num value={real} />,
          note: percent(real / calls),
          help: 'The page sent call_end.',
        },
        {
          key: 'inferred',
          name: 'Inferred end',
          value: <Num value={inferred} />,
          note: percent(inferred / calls),
          help: 'The page sent no end. The server set it to the last heartbeat, or 30 minutes after the start.',
        },
        {
          key: 'errors',
          name: 'Failed',
          value: <Num value={errors} />,
          note: percent(errors / calls),
          help: 'The page sent call_error.',
        },
        {
          key: 'next',
          name: 'Ended by next call',
          value: <Num value={next} />,
          note: percent(next / calls),
          help: 'The next call of the same session started before the page sent an end.',
        },
        {
          key: 'open',
          name: 'No end yet',
          value: <Num value={open} />,
          note: percent(open / calls),
          help: 'Calls in progress, or started less than 30 minutes ago.',
        },
      ]}
    >
      <div className={classes.chartHead} />
      <div className={classes.band}>
        <Band
          good={real}
          poor={errors}
          samples={real + errors + inferred + next}
          names={['real end', 'inferred or ended by next call', 'failed']}
        />
        <div className={classes.keys}>
          <span>
            <i data-tone="good" /> Real end
          </span>
          <span>
            <i data-tone="warn" /> Inferred, or ended by next call
          </span>
          <span>
            <i data-tone="bad" /> Failed
          </span>
        </div>
      </div>
    </FigureStrip>
  )
}

const COLUMNS: Column<Run>[] = [
  { key: 'at', header: 'Time', cell: (run) => <Time at={run.started_at} /> },
  { key: 'checked', header: 'Calls without an end', align: 'right', cell: (run) => <Num value={run.checked} /> },
  { key: 'completed', header: 'Inferred ends', align: 'right', cell: (run) => <Num value={run.completed} /> },
]

export function Runs({ runs }: { runs: Run[] }) {
  const [isBusyOnly, setBusyOnly] = useState(false)
  const shown = isBusyOnly ? runs.filter((run) => run.completed > 0) : runs
  const late = lateRun(runs, Date.now())
  return (
    <Card
      title="Cleanup runs"
      piece="billing.runs"
      help="Every 30 minutes the server infers the end of calls that started more than 30 minutes ago and have none."
      note={runs[0] ? <Time at={runs[0].started_at} prefix="Last run " /> : undefined}
      flush
      actions={
        <Switch
          size="xs"
          labelPosition="left"
          label="Only with inferred ends"
          checked={isBusyOnly}
          onChange={(event) => setBusyOnly(event.currentTarget.checked)}
        />
      }
    >
      {late && (
        <Empty title="The last run was too long ago">
          Calls without an end stay open until the next run. Check that a server with the jobs role is running.
        </Empty>
      )}
      {shown.length === 0 ? (
        <Empty title={runs.length === 0 ? 'No runs yet' : 'No runs with inferred ends'}>
          {runs.length === 0
            ? 'The first run starts within 30 minutes of the server start.'
            : 'No run of the last two days had to infer an end.'}
        </Empty>
      ) : (
        <div className={classes.runs} tabIndex={0} role="region" aria-label="Cleanup runs">
          <DataTable
            label="Cleanup runs of the last two days"
            columns={COLUMNS}
            rows={shown}
            rowKey={(run) => run.started_at}
            isCompact
          />
        </div>
      )}
    </Card>
  )
}
