// The one error of the dashboard: what the API answered (application/problem+json), or that it could not be reached.
import { asSentence } from '../lib/words'

export class Problem extends Error {
  override readonly name = 'Problem'
  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly field: string | undefined,
    readonly requestId: string | undefined,
    readonly retryAfterSeconds: number | undefined,
    /** Where a statement of SQL is wrong, from 1. */
    readonly place?: { line: number; column: number } | undefined,
  ) {
    super(detail || title)
  }

  get isUnauthenticated(): boolean {
    return this.status === 401
  }
}

export function unreachable(): Problem {
  return new Problem(
    0,
    'The server cannot be reached',
    'Check your connection, and that the server is running.',
    undefined,
    undefined,
    undefined,
  )
}

/** Reads a failed answer's body, which may be anything when a proxy wrote it. */
export function problemFrom(response: Response, body: unknown): Problem {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined)
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : undefined)
  const [line, column] = [number('line'), number('column')]
  const retryAfter = Number(response.headers.get('retry-after'))
  return new Problem(
    response.status,
    text('title') ?? `The server responded with ${response.status}`,
    asSentence(text('detail') ?? ''),
    text('field'),
    text('request_id') ?? response.headers.get('x-request-id') ?? undefined,
    retryAfter > 0 ? retryAfter : undefined,
    line !== undefined && column !== undefined ? { line, column } : undefined,
  )
}

/** Any thrown value as a Problem, so that screens have one thing to show. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new Problem(-1, 'Unexpected error in the dashboard', detail, undefined, undefined, undefined)
}
