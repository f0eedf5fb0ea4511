// The stack of an event: its calls in the site's sources where they are known, and as it was sent.
import { Snippet } from './Copy'
import { type Frame, FrameList } from './FrameList'

export function StackTrace({ stack, frames }: { stack: string; frames: readonly Frame[] | undefined }) {
  if (!frames?.some((frame) => frame.is_resolved)) return <Snippet code={stack} what="Stack trace" />
  return (
    <>
      <FrameList label="Resolved stack" lines={frames.map((frame) => ({ frame }))} />
      <details>
        <summary>As sent</summary>
        <Snippet code={stack} what="Stack trace" />
      </details>
    </>
  )
}
