// The error of a form as a whole; a wrong field shows its own.
import { messageOf } from '../lib/words'
import classes from './FormFailure.module.css'
import { describe } from './Result'

/** The part of the API's problems that forms look at; any error may have it. */
type FormError = { field?: string; status?: number; retryAfterSeconds?: number }

type Props = {
  error: Error | null
  /** Fields that show their own error. */
  fields?: string[]
  /** What the form calls a field, for an error that is shown far from it. */
  labelOf?: ((field: string) => string | undefined) | undefined
}

export function FormFailure({ error, fields = [], labelOf }: Props) {
  if (!error) return null
  const { field, status, retryAfterSeconds } = error as FormError
  if (field && fields.includes(field)) return null
  const { title, detail, requestId } = describe(error)
  const label = field && labelOf?.(field)
  const wait = status === 429 && retryAfterSeconds ? ` Try again in ${retryAfterSeconds} s.` : ''
  return (
    <div className={classes.failure} role="alert">
      {field && label ? `${label}: ${messageOf(field, detail || title)}` : detail || title}
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
