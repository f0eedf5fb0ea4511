// Beside the replay: the session's events, what the page printed, and its requests that failed or were slow.
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { RowsSkeleton } from '../../ui/States'
import { ConsoleList } from './ConsoleList'
import classes from './Entries.module.css'
import type { Choice } from './EntryTools'
import type { ConsoleEntry, RequestEntry } from './entries'
import { type ConsoleView, isFailed, type Placed, type RequestView } from './entryView'
import { RequestList } from './RequestList'
import { type Tab, Tabs } from './Tabs'

type Name = 'moments' | 'console' | 'requests'

type Props = {
  projectId: string
  pageUrl: string | null | undefined
  /** The list of the session's events; undefined where the page shows them elsewhere. */
  moments: { count: number; list: ReactNode } | undefined
  lines: readonly Placed<ConsoleEntry>[]
  requests: readonly Placed<RequestEntry>[]
  ms: number
  /** Whether all parts that there are have been read. */
  isComplete: boolean
  /** The recording has more than is kept of it here. */
  isFull: boolean
  onSeek: (ms: number) => void
}

export function Beside({ projectId, pageUrl, moments, lines, requests, ms, isComplete, isFull, onSeek }: Props) {
  const [chosen, setChosen] = useState<Name>()
  const [lineChoice, setLineChoice] = useState<Choice<ConsoleView>>({ view: 'all', query: '' })
  const [requestChoice, setRequestChoice] = useState<Choice<RequestView>>({ view: 'all', query: '' })

  function panelOf(count: number, none: ReactNode, list: ReactNode) {
    if (count === 0) return isComplete ? none : <RowsSkeleton rows={4} />
    return (
      <>
        {list}
        {isFull && <p className={classes.full}>The recording has more than is listed here.</p>}
      </>
    )
  }

  const tabs: Tab<Name>[] = [
    {
      name: 'moments',
      label: 'Moments',
      help: 'What happened in the visit. Click an event to watch from there.',
      count: moments?.count ?? 0,
      failed: 0,
      panel: moments?.list,
    },
    {
      name: 'console',
      label: 'Console',
      help: 'What the page printed to the browser’s console, with personal data masked. Click a line to watch from a second before it.',
      count: lines.length,
      failed: lines.filter(({ entry }) => entry.level === 'error').length,
      panel: panelOf(
        lines.length,
        <Nothing projectId={projectId} what="No console output in this recording" setting="Console output" />,
        <ConsoleList lines={lines} ms={ms} choice={lineChoice} onChoice={setLineChoice} onSeek={onSeek} />,
      ),
    },
    {
      name: 'requests',
      label: 'Requests',
      help: 'Requests of the page that failed or took three seconds or more. Click one to watch from a second before it.',
      count: requests.length,
      failed: requests.filter(({ entry }) => isFailed(entry)).length,
      panel: panelOf(
        requests.length,
        <Nothing
          projectId={projectId}
          what="No failed or slow requests in this recording"
          setting="Failed and slow requests"
        />,
        <RequestList
          requests={requests}
          pageUrl={pageUrl}
          ms={ms}
          choice={requestChoice}
          onChoice={setRequestChoice}
          onSeek={onSeek}
        />,
      ),
    },
  ]
  // Beside a timeline there is room for what it does not have alone.
  const offered = moments ? tabs : tabs.filter(({ count }) => count > 0)
  const shown = (offered.find(({ name }) => name === chosen) ?? offered[0])?.name
  if (shown === undefined) return null
  return <Tabs label="Beside the replay" tabs={offered} shown={shown} onShow={setChosen} />
}

function Nothing({ projectId, what, setting }: { projectId: string; what: string; setting: string }) {
  return (
    <div className={classes.nothing}>
      <p>{what}</p>
      <p>
        Recorded where “{setting}” is on in the{' '}
        <Link to="/p/$projectId/sdk" params={{ projectId }}>
          tracker settings
        </Link>
        .
      </p>
    </div>
  )
}
