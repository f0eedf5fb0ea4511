// The answer of a scheduled run in place of the live one, alone or compared with the one before.
import { Button } from '@mantine/core'
import {
  type Icon,
  IconAlertTriangle,
  IconClock,
  IconEraser,
  IconHistoryOff,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { asProblem } from '../../api/problem'
import { asSentence } from '../../lib/words'
import { Card } from '../../ui/Card'
import { useNow } from '../../ui/Figures'
import { Result } from '../../ui/Result'
import { BlockSkeleton, Empty } from '../../ui/States'
import { Answer } from './Answer'
import { Comparison } from './Comparison'
import type { ChartChoice } from './chart'
import type { ChartSettings, SavedQuestion } from './model'
import classes from './Runs.module.css'
import { answeredBefore, fileNameOf, storedCountText } from './runs'
import { type QuestionRun, runsQuery, storedAnswerQuery, storedText } from './runsApi'
import { runName } from './schedule'
import { useDifference } from './useDifference'

type Props = {
  projectId: string
  saved: SavedQuestion
  runId: string
  isCompared: boolean
  chart: ChartChoice | undefined
  onChart: (settings: ChartSettings | undefined) => void
  onCompare: (isCompared: boolean) => void
  onRunAgain: () => void
}

export function StoredAnswer({ projectId, saved, runId, isCompared, chart, onChart, onCompare, onRunAgain }: Props) {
  const stored = useQuery(storedAnswerQuery(projectId, saved.id, runId))
  const { data: list } = useQuery(runsQuery(projectId, saved))
  const now = useNow(60_000)
  const run = list?.runs.find(({ id }) => id === runId)
  const previous = list && answeredBefore(list.runs, runId)
  const difference = useDifference(projectId, saved.id, stored.data, previous, isCompared)
  const head = (
    <p className={classes.which}>
      <span>{run ? `Answer of ${runName(Date.parse(run.due_at), now)}` : 'Stored answer'}</span>
      {run && Date.parse(saved.updated_at) > Date.parse(run.started_at) && (
        <small>The question was changed since</small>
      )}
      <Button variant="subtle" size="compact-xs" leftSection={<IconPlayerPlay size={12} />} onClick={onRunAgain}>
        Run again
      </Button>
    </p>
  )
  const missing = stored.error && missingOf(asProblem(stored.error).status, run)
  if (missing || stored.data === undefined) {
    return (
      <Card title="Answer">
        {head}
        {missing ? (
          <Empty icon={missing.icon} title={missing.title}>
            {missing.text}
          </Empty>
        ) : (
          <Result what="The stored answer" question={stored} skeleton={<BlockSkeleton height={160} />}>
            {() => null}
          </Result>
        )}
      </Card>
    )
  }
  return (
    <Answer
      answer={stored.data}
      count={storedCountText(stored.data)}
      csv={{
        label: 'Download this answer as CSV',
        fileName: fileNameOf(saved.name, run),
        load: () => storedText(projectId, saved.id, runId, { format: 'csv' }),
      }}
      chart={isCompared && previous ? undefined : chart}
      onChart={onChart}
      head={
        <>
          {head}
          {previous && (
            <Comparison
              name={runName(Date.parse(previous.due_at), now)}
              difference={difference}
              isCompared={isCompared}
              onCompare={onCompare}
            />
          )}
        </>
      }
      compared={difference.rows}
    />
  )
}

type Missing = { icon: Icon; title: string; text: string }

/** What stands in the place of an answer that does not exist; nothing for other failures, which may pass. */
function missingOf(status: number, run: QuestionRun | undefined): Missing | null {
  if (status === 410)
    return {
      icon: IconEraser,
      title: 'This answer was removed because a person was erased',
      text: 'Stored answers may name people, so an erasure removes every answer kept until then.',
    }
  if (status === 404)
    return {
      icon: IconHistoryOff,
      title: 'This answer is no longer kept',
      text: 'The last 50 answers are kept, for 90 days.',
    }
  if (status !== 409) return null
  return run?.outcome === 'failed'
    ? { icon: IconAlertTriangle, title: 'This run failed', text: asSentence(run.error ?? '') }
    : { icon: IconClock, title: 'This run has no answer yet', text: 'It can be opened when the statement has run.' }
}
