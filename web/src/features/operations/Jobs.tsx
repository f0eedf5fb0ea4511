// The server's jobs: when each ran, what it did, when it runs again, and running it now.
import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import type { components } from '../../api/schema.gen'
import { duration, exactNumber, plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { Time, useNow } from '../../ui/Figures'
import { toastDone, toastFailed } from '../../ui/toast'
import { useRunJob } from './api'
import { failingJobs, intervalText, JOBS, type Job, nextText, resultText } from './jobs'
import classes from './Operations.module.css'
import { Toned } from './ServerStrip'

type Props = { jobs: Job[]; lastCleanup: components['schemas']['CleanupRun'] | null }

export function Jobs({ jobs, lastCleanup }: Props) {
  const now = useNow(1_000)
  const failing = failingJobs(jobs)
  const columns: Column<Job>[] = [
    { key: 'name', header: 'Job', cell: (job) => <Name job={job} />, small: 'title' },
    {
      key: 'last',
      header: 'Last run',
      cell: ({ last_run }) => (last_run ? <Time at={last_run.started_at} /> : 'Not yet'),
    },
    {
      key: 'took',
      header: 'Took',
      align: 'right',
      cell: ({ last_run }) => (last_run ? duration(last_run.duration_ms, 1) : '–'),
    },
    { key: 'result', header: 'Result', cell: (job) => <Outcome job={job} />, small: 'line' },
    {
      key: 'next',
      header: 'Next run',
      cell: (job) => (job.running_since != null ? 'running' : nextText(job, now)),
      isExtra: true,
      small: 'fact',
    },
    { key: 'run', header: 'Action', align: 'right', cell: (job) => <RunNow job={job} />, small: 'figure' },
  ]
  return (
    <Card
      title="Jobs"
      piece="operations.jobs"
      help="Work the server does on its own, at intervals. You can run a job at any time. Runs are shown since the server started."
      note={
        failing.length > 0 ? (
          <Toned tone="bad">{plural(failing.length, 'job')} failed</Toned>
        ) : (
          lastCleanup && <CleanupNote {...lastCleanup} />
        )
      }
      flush
    >
      <DataTable label="Jobs" columns={columns} rows={jobs} rowKey={({ name }) => name} />
    </Card>
  )
}

function CleanupNote({ started_at, checked, completed }: components['schemas']['CleanupRun']) {
  return (
    <span title="The latest run of session completion, on whichever server">
      <Time at={started_at} prefix="last cleanup " />, {exactNumber(completed)} of {plural(checked, 'call')} completed
    </span>
  )
}

function Name({ job }: { job: Job }) {
  const { label, help } = JOBS[job.name]
  return (
    <span className={classes.name} title={help}>
      {label}
      <small>{intervalText(job.interval_seconds)}</small>
    </span>
  )
}

function Outcome({ job: { last_run, runs, failures, last_failure } }: { job: Job }) {
  if (!last_run) return '–'
  const failed = last_run.error != null
  const title = `${plural(runs, 'run')} since the server started, ${exactNumber(failures)} failed`
  return (
    <span title={title} className={classes.wrapped}>
      <Toned tone={failed ? 'bad' : undefined}>{resultText(last_run)}</Toned>
      {!failed && last_failure && (
        <small className={classes.before}>
          <Time at={last_failure.started_at} prefix="failed " />
        </small>
      )}
    </span>
  )
}

function RunNow({ job }: { job: Job }) {
  const run = useRunJob()
  const { label } = JOBS[job.name]
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<IconPlayerPlay size={12} />}
      loading={run.isPending || job.running_since != null}
      aria-label={`Run now: ${label}`}
      onClick={() =>
        run.mutate(job.name, {
          onSuccess: (done) =>
            toastDone(`${label}: ${resultText(done).toLowerCase()}, in ${duration(done.duration_ms, 1)}`),
          onError: (error) => toastFailed(`${label} did not run`, error),
        })
      }
    >
      Run now
    </Button>
  )
}
