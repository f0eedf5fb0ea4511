// A page of a recording that stands still in its frame: the parts up to its moment are handed over once, then it is asked where elements are.
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { asProblem, Problem } from '../../api/problem'
import { MAX_RECORDING_BYTES, readChunk } from '../../api/recordingParts'
import { MAX_SELECTORS, type ReplayCommand, type ReplayReport, readReport } from '../../lib/replayMessages'
import { recordingQuery } from './api'
import type { Box } from './place'
import { momentOf, type Shot } from './shots'

type Loaded = Extract<ReplayReport, { type: 'loaded' }>
type Still = Extract<ReplayReport, { type: 'still' }>

export type StillPage = {
  page: Still | undefined
  /** In the order of the selectors; undefined until the page has said where they are. */
  boxes: (Box | null)[] | undefined
  failure: Problem | undefined
}

const NO_PICTURE = new Problem(
  -1,
  'The recording has no picture of the page',
  'Choose another snapshot.',
  undefined,
  undefined,
  undefined,
)

export function useStillPage(
  frame: RefObject<HTMLIFrameElement | null>,
  projectId: string,
  shot: Shot,
  selectors: readonly string[],
): StillPage {
  const detail = useQuery(recordingQuery(projectId, shot.recording_id))
  const [isReady, setReady] = useState(false)
  const [page, setPage] = useState<Still>()
  const [found, setFound] = useState<{ boxes: (Box | null)[]; of: readonly string[] }>()
  const [failure, setFailure] = useState<Problem>()
  const moment = momentOf(shot)

  const send = useCallback(
    (command: ReplayCommand) => frame.current?.contentWindow?.postMessage(command, window.location.origin),
    [frame],
  )

  useEffect(() => {
    function onMessage(event: MessageEvent) {
      const report = readReport(event, frame.current?.contentWindow)
      if (report?.type === 'ready') setReady(true)
      if (report?.type === 'still') setPage(report)
      if (report?.type === 'failed') setFailure(asProblem(new Error(report.detail)))
    }
    window.addEventListener('message', onMessage)
    return () => window.removeEventListener('message', onMessage)
  }, [frame])

  const { data: recording } = detail
  useEffect(() => {
    if (!isReady || !recording) return
    const stop = new AbortController()
    const load = async () => {
      let loaded: Loaded | undefined
      let bytes = 0
      for (const { seq, bytes: more } of recording.chunks) {
        bytes += more
        if (bytes > MAX_RECORDING_BYTES || (loaded?.isShown && loaded.ms >= moment)) break
        const json = await readChunk(projectId, shot.recording_id, seq, stop.signal).catch((error: unknown) => {
          // It was removed meanwhile: the others show the page, perhaps.
          if (asProblem(error).status === 404) return null
          throw error
        })
        if (json === null) continue
        const answered = nextLoaded(frame, stop.signal)
        send({ type: 'events', json })
        loaded = await answered
      }
      if (loaded?.isShown) send({ type: 'still', ms: moment })
      else setFailure(NO_PICTURE)
    }
    load().catch((error: unknown) => {
      if (!stop.signal.aborted) setFailure(asProblem(error))
    })
    return () => stop.abort()
  }, [isReady, recording, projectId, shot.recording_id, moment, frame, send])

  // Asked again when the page has grown, and for the elements of another layer.
  useEffect(() => {
    if (!page) return
    const asked = selectors.slice(0, MAX_SELECTORS)
    function onMessage(event: MessageEvent) {
      const report = readReport(event, frame.current?.contentWindow)
      if (report?.type === 'boxes' && report.boxes.length === asked.length)
        setFound({ boxes: report.boxes, of: selectors })
    }
    window.addEventListener('message', onMessage)
    send({ type: 'boxes', selectors: asked })
    return () => window.removeEventListener('message', onMessage)
  }, [page, selectors, frame, send])

  return {
    page,
    boxes: found?.of === selectors ? found.boxes : undefined,
    failure: failure ?? (detail.error ? asProblem(detail.error) : undefined),
  }
}

/** The frame's answer to the next part. */
function nextLoaded(frame: RefObject<HTMLIFrameElement | null>, signal: AbortSignal): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const end = new AbortController()
    signal.addEventListener('abort', () => (end.abort(), reject(signal.reason as Error)), {
      once: true,
      signal: end.signal,
    })
    const onMessage = (event: MessageEvent) => {
      const report = readReport(event, frame.current?.contentWindow)
      if (report?.type !== 'loaded' && report?.type !== 'failed') return
      end.abort()
      if (report.type === 'loaded') resolve(report)
      else reject(new Error(report.detail))
    }
    window.addEventListener('message', onMessage, { signal: end.signal })
  })
}
