// Which step an answer of the API complains about: it names fields as "steps[2].page".

/** The part of the API's problems that is looked at; any error may have it. */
type WithField = { field?: string }

/** The index of the step, or undefined where the error is about something else. */
export function stepOfError(error: Error | null): number | undefined {
  const index = /^steps\[(\d+)\]/.exec((error as WithField | null)?.field ?? '')?.[1]
  return index === undefined ? undefined : Number(index)
}
