// The replay in its frame: commands go in, reports come out, and parts of the recording are handed over in their order.
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, type Problem } from '../../api/problem'
import { MAX_RECORDING_BYTES, readChunk } from '../../api/recordingParts'
import { type ReplayCommand, type ReplayReport, readReport } from '../../lib/replayMessages'
import { recordingQuery } from './api'
import { type Entries, NO_ENTRIES, splitPart, withEntries } from './entries'
import { isOngoing } from './model'

type Loaded = Extract<ReplayReport, { type: 'loaded' }>
type State = Extract<ReplayReport, { type: 'state' }>

export type Replay = {
  loaded: Loaded | undefined
  state: State
  size: { width: number; height: number } | undefined
  /** Parts that have been handed over. */
  parts: number
  /** What stands in those parts beside the page. */
  entries: Entries
  isTooLarge: boolean
  /** Parts that could not be read although they are listed. */
  unread: number[]
  failure: Problem | undefined
  retry: () => void
  seek: (ms: number) => void
  send: (command: ReplayCommand) => void
}

const STILL: State = {
  type: 'state',
  ms: 0,
  seeks: 0,
  isPlaying: false,
  isWaiting: false,
  isFinished: false,
  skippedMs: 0,
}

type Options = {
  projectId: string
  recordingId: string
  /** Called when a part comes whose place is before those that play: the replay begins anew, since changes are applied in their order. */
  onLatePart: () => void
}

export function useReplay(
  frame: RefObject<HTMLIFrameElement | null>,
  { projectId, recordingId, onLatePart }: Options,
): Replay {
  const { data: detail } = useQuery(recordingQuery(projectId, recordingId))
  const [isReady, setReady] = useState(false)
  const [loaded, setLoaded] = useState<Loaded>()
  const [state, setState] = useState(STILL)
  const seeks = useRef(0)
  const [size, setSize] = useState<{ width: number; height: number }>()
  const [failure, setFailure] = useState<Problem>()
  const [attempt, setAttempt] = useState(0)
  const [unread, setUnread] = useState<number[]>([])
  const handed = useRef({ seqs: new Set<number>(), bytes: 0 })
  const [parts, setParts] = useState(0)
  const [entries, setEntries] = useState(NO_ENTRIES)
  const [isTooLarge, setTooLarge] = useState(false)

  const send = useCallback(
    (command: ReplayCommand) => frame.current?.contentWindow?.postMessage(command, window.location.origin),
    [frame],
  )

  useEffect(() => {
    function onMessage(event: MessageEvent) {
      const report = readReport(event, frame.current?.contentWindow)
      if (report?.type === 'ready') setReady(true)
      if (report?.type === 'loaded') setLoaded(report)
      // What was sent before the last seek says where it no longer stands.
      if (report?.type === 'state' && report.seeks === seeks.current) setState(report)
      if (report?.type === 'size') setSize({ width: report.width, height: report.height })
      if (report?.type === 'failed') setFailure(asProblem(new Error(report.detail)))
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [frame])

  useEffect(() => {
    if (!isReady || !detail) return
    const stop = new AbortController()
    const mayGoOn = isOngoing(detail.recording, Date.now())
    const load = async () => {
      for (const { seq, bytes } of detail.chunks) {
        const { seqs } = handed.current
        if (seqs.has(seq)) continue
        if (seq < Math.max(-1, ...seqs)) return onLatePart()
        if (handed.current.bytes + bytes > MAX_RECORDING_BYTES) {
          setTooLarge(true)
          break
        }
        send({ type: 'expect', more: true })
        const json = await readChunk(projectId, recordingId, seq, stop.signal).catch((error: unknown) => {
          // It was removed meanwhile: the rest is played.
          if (asProblem(error).status === 404) return null
          throw error
        })
        if (stop.signal.aborted) return
        seqs.add(seq)
        if (json === null) setUnread((before) => [...before, seq])
        else {
          handed.current.bytes += bytes
          const part = splitPart(json, seq)
          send({ type: 'events', json: part.played })
          setEntries((before) => withEntries(before, part.entries))
        }
        setParts(seqs.size)
      }
      send({ type: 'expect', more: mayGoOn })
    }
    load().catch((error: unknown) => {
      if (!stop.signal.aborted) setFailure(asProblem(error))
    })
    return () => stop.abort()
  }, [isReady, detail, projectId, recordingId, onLatePart, send, attempt])

  const seek = useCallback(
    (ms: number) => {
      // The next step counts from here, also before the frame has answered.
      setState((before) => ({ ...before, ms, isFinished: false }))
      seeks.current += 1
      send({ type: 'seek', ms, nth: seeks.current })
    },
    [send],
  )
  const retry = useCallback(() => {
    setFailure(undefined)
    setAttempt((before) => before + 1)
  }, [])
  return { loaded, state, size, parts, entries, isTooLarge, unread, failure, retry, seek, send }
}
