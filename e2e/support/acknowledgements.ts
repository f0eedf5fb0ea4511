// Notes when the server acknowledged each kind of event that a visitor's page sent.
import type { BrowserContext } from 'playwright-core'

type Sent = { events: { type: string; event_type?: string }[] }

/** Epoch milliseconds by kind of friction; kinds whose answer came after the page had gone are missing. */
export function watchAcknowledgements(context: BrowserContext): Map<string, number> {
  const acknowledged = new Map<string, number>()
  context.on('requestfinished', async (request) => {
    if (!request.url().endsWith('/ingest-events')) return
    const { startTime, responseEnd } = request.timing()
    const answer = await request.response()
    const { events } = JSON.parse(request.postData() ?? '{"events":[]}') as Sent
    if (!answer?.ok()) return
    for (const { event_type } of events) {
      if (event_type && !acknowledged.has(event_type)) acknowledged.set(event_type, startTime + responseEnd)
    }
  })
  return acknowledged
}
