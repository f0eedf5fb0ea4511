// The error of a form as a whole; a wrong field shows its own.
import { messageOf } from '../lib/words'
import { describe } from './Result'
import classes from './FormFailure.module.css'

/** The part of the API's problems that forms look at; any error may have it. */
type FormError = { field?: string; status?: number; retryAfterSeconds?: number }

export function FormFailure({ error, fields = [] }: { error: Error | null; fields?: string[] }) {
  if (!error) return null
  const { field, status, retryAfterSeconds } = error as FormError
  if (field && fields.includes(field)) return null
  const { title, detail, requestId } = describe(error)
  const wait = status === 429 && retryAfterSeconds ? ` Try again in ${retryAfterSeconds} s.` : ''
  return (
    <div className={classes.failure} role="alert">
      {detail || title}
      {wait}
      {requestId && <small>Request id {requestId}</small>}
    </div>
  )
}

/** The error of one field, as its input shows it. */
export function fieldError(error: Error | null, field: string): string | undefined {
  if (!error || (error as FormError).field !== field) return undefined
  const { title, detail } = describe(error)
  return messageOf(field, detail || title)
}
