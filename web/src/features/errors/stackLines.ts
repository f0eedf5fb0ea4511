// The lines of an error's stack with their calls resolved; pure.
import type { FrameLine } from '../../ui/FrameList'
import type { ErrorDetail } from './api'

/** The lines as sent; a call is the resolved one in the same place. */
export function resolvedLines({ stack_lines, frames }: Pick<ErrorDetail, 'stack_lines' | 'frames'>): FrameLine[] {
  let call = 0
  return stack_lines.map(({ text, frame }) => {
    if (frame == null) return { text, frame: null }
    const resolved = frames[call++]
    return { text, frame: { is_resolved: false, ...frame, ...resolved } }
  })
}

/** The site's own call nearest the error. */
export function topCall(error: Pick<ErrorDetail, 'stack_lines' | 'frames'>) {
  return resolvedLines(error)
    .map(({ frame }) => frame)
    .find((frame) => frame?.is_in_app)
}
