// What went wrong with a form as a whole; a wrong field says so itself.
import { asProblem } from '../../api/problem'
import classes from './Auth.module.css'

export function FormFailure({ error, fields }: { error: Error | null; fields: string[] }) {
  if (!error) return null
  const problem = asProblem(error)
  if (problem.field && fields.includes(problem.field)) return null
  const wait = problem.status === 429 && problem.retryAfterSeconds ? ` Try again in ${problem.retryAfterSeconds} s.` : ''
  return (
    <div className={classes.failure} role="alert">
      {problem.detail || problem.title}
      {wait}
      {problem.requestId && <small>Request id {problem.requestId}</small>}
    </div>
  )
}

/** The refusal of one field, as its input shows it. */
export function fieldError(error: Error | null, field: string): string | undefined {
  if (!error) return undefined
  const problem = asProblem(error)
  return problem.field === field ? problem.detail || problem.title : undefined
}
