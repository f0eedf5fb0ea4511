// Where an error came from.

/** More than is sent: it is masked before it is cut. */
const STACK_LENGTH = 9999

/** As the browser wrote it, with lines and columns, which source maps need; then what the error was caused by. */
export const stackOf = ({ stack, cause }: Partial<Error> & { cause?: unknown }, place: string): string =>
  ((stack || place) + (cause ? `\nCaused by: ${(cause as Error).stack || cause}` : '')).slice(0, STACK_LENGTH)
