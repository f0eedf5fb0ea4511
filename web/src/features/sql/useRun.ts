// Running one statement at a time: its answer or what is wrong with it, and giving it up.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, type Problem } from '../../api/problem'
import { meQuery } from '../../api/session'
import { type Request, runStatement } from './api'
import type { SqlAnswer } from './model'
import { type Place, placeWithin } from './place'

export type Run = {
  /** When the running one began. */
  since: number | null
  /** The last answer, and what it is one to; it stays while the next one is computed. */
  done: { answer: SqlAnswer; request: Request } | null
  problem: Problem | null
  /** Where the statement is wrong, in the whole text. */
  place: Place | null
}

const IDLE: Run = { since: null, done: null, problem: null, place: null }

/** What is run: a request, and where its statement begins in the text of the editor. */
export type Asked = { request: Request; text: string; start: number }

export function useRun(projectId: string, onDone: (asked: Asked, answer: SqlAnswer) => void) {
  const [run, setRun] = useState<Run>(IDLE)
  const client = useQueryClient()
  const running = useRef<AbortController | null>(null)
  const done = useRef(onDone)
  done.current = onDone

  useEffect(() => () => running.current?.abort(), [])

  const cancel = useCallback(() => {
    running.current?.abort()
    running.current = null
    setRun((last) => ({ ...last, since: null }))
  }, [])

  const start = useCallback(
    async (asked: Asked) => {
      running.current?.abort()
      const controller = new AbortController()
      running.current = controller
      setRun((last) => ({ ...last, since: Date.now(), problem: null, place: null }))
      try {
        const answer = await runStatement(projectId, asked.request, controller.signal)
        setRun({ since: null, done: { answer, request: asked.request }, problem: null, place: null })
        done.current(asked, answer)
      } catch (error) {
        // The one that was given up says nothing more.
        if (controller.signal.aborted) {
          if (running.current === controller) setRun((last) => ({ ...last, since: null }))
          return
        }
        const problem = asProblem(error)
        if (problem.isUnauthenticated) void client.invalidateQueries({ queryKey: meQuery.queryKey })
        setRun((last) => ({
          ...last,
          since: null,
          problem,
          place: problem.place ? placeWithin(asked.text, asked.start, problem.place) : null,
        }))
      }
    },
    [client, projectId],
  )

  const forgetProblem = useCallback(
    () => setRun((last) => (last.problem ? { ...last, problem: null, place: null } : last)),
    [],
  )
  return { run, start, cancel, forgetProblem }
}
