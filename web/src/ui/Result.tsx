// Shows a question's answer, or its loading or failed state; an old answer stays while a new one arrives.
import type { ReactNode } from 'react'
import { Failure, type FailureInfo } from './States'
import classes from './States.module.css'

type Question<T> = {
  data: T | undefined
  error: Error | null
  isPlaceholderData?: boolean
  refetch: () => unknown
}

type Props<T> = {
  what: string
  question: Question<T>
  skeleton: ReactNode
  children: (data: T) => ReactNode
  /** Gives a failure a card of its own where the answer brings its own. */
  isFramed?: boolean
}

export function Result<T>({ what, question, skeleton, children, isFramed = false }: Props<T>) {
  if (question.data !== undefined) return children(question.data)
  if (question.error) {
    const failure = <Failure what={what} problem={describe(question.error)} onRetry={() => void question.refetch()} />
    return isFramed ? <div className={classes.framed}>{failure}</div> : failure
  }
  return skeleton
}

/** The part of an error that is shown; the API's problems carry these fields. */
export function describe(error: Error): FailureInfo {
  const fields = error as Partial<FailureInfo> & Error
  return {
    title: fields.title ?? 'Something went wrong',
    detail: fields.detail ?? error.message,
    requestId: fields.requestId,
  }
}
