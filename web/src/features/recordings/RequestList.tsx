// Requests of the page that failed or were slow, beside the replay.
import { Fragment, type ReactNode, useMemo } from 'react'
import { duration } from '../../lib/format'
import { CopyIcon } from '../../ui/Copy'
import classes from './Entries.module.css'
import { EntryList } from './EntryList'
import { type Choice, EntryTools, NoneLeft } from './EntryTools'
import type { RequestEntry } from './entries'
import {
  addressOf,
  isFailed,
  isRequestShown,
  isSlow,
  outcomeOf,
  type Placed,
  preciseClock,
  REQUEST_VIEWS,
  type RequestView,
  statusText,
  wayText,
} from './entryView'
import { sizeText } from './model'

type Props = {
  requests: readonly Placed<RequestEntry>[]
  /** Of the page that was recorded: its own host is not named with each request. */
  pageUrl: string | null | undefined
  ms: number
  choice: Choice<RequestView>
  onChoice: (choice: Choice<RequestView>) => void
  onSeek: (ms: number) => void
}

export function RequestList({ requests, pageUrl, ms, choice, onChoice, onSeek }: Props) {
  const shown = useMemo(
    () => requests.filter(({ entry }) => isRequestShown(entry, choice.view, choice.query)),
    [requests, choice],
  )
  const summary = useMemo(() => (entry: RequestEntry) => <Summary request={entry} pageUrl={pageUrl} />, [pageUrl])
  return (
    <>
      <EntryTools what="Requests" views={REQUEST_VIEWS} choice={choice} onChoice={onChoice} />
      {shown.length === 0 ? (
        <NoneLeft query={choice.query} />
      ) : (
        <EntryList label="Requests" rows={shown} ms={ms} onSeek={onSeek} summary={summary} details={details} />
      )}
    </>
  )
}

const toneOf = (request: RequestEntry) => (isFailed(request) ? 'bad' : isSlow(request) ? 'warn' : undefined)

function Summary({ request, pageUrl }: { request: RequestEntry; pageUrl: string | null | undefined }) {
  const { path, host } = addressOf(request.url, pageUrl)
  return (
    <>
      <span className={classes.request}>
        <span className={classes.address}>
          <span className={classes.method}>{request.method}</span> {path}
        </span>
        <span className={classes.facts}>{[outcomeOf(request), host].filter(Boolean).join(' · ')}</span>
      </span>
      <span className={classes.figures}>
        <span className={classes.status} data-tone={toneOf(request)}>
          {statusText(request)}
        </span>
        <span className={classes.took} data-slow={isSlow(request) || undefined}>
          {duration(request.durationMs)}
        </span>
      </span>
    </>
  )
}

function details(request: RequestEntry, ms: number) {
  const facts: [name: string, value: ReactNode][] = [
    ['Outcome', [statusText(request), outcomeOf(request)].filter(Boolean).join(' · ')],
    ['Took', duration(request.durationMs)],
    ...(request.sizeBytes === undefined ? [] : [['Answer', sizeText(request.sizeBytes)] as [string, string]]),
    ['Sent by', wayText(request)],
    ['At', preciseClock(ms)],
  ]
  return (
    <>
      <div className={classes.about}>
        <span className={classes.whole}>
          {request.method} {request.url}
        </span>
        <CopyIcon text={request.url} what="this address" />
      </div>
      <dl className={classes.sheet}>
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}
