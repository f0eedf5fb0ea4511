// A customer's site on another origin: pages with the tracker, a button that does nothing and a link that works.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Site = { url: string; stop: () => Promise<void> }

const page = (snippet: string, title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
${snippet}
</head><body><h1>${title}</h1>${body}</body></html>`

/** `snippet` is what the API keys page tells people to paste. */
export async function startSite(snippet: string): Promise<Site> {
  const pages: Record<string, string> = {
    '/': page(snippet, 'Fares', '<button id="dead" type="button">Choose seat</button> <a id="works" href="/booking">Book now</a>'),
    // The error comes from a timer, on a page that nobody has clicked yet: after a click it would be an error click as well.
    '/booking': page(
      snippet,
      'Booking',
      `<form><label>Passport number <input id="passport" name="passport" required></label> <button id="send">Continue</button></form>
      <script>addEventListener('load', () => setTimeout(() => { throw new TypeError('the price of the cabin is missing') }))</script>`,
    ),
  }
  const server = createServer((request, response) => {
    const text = pages[request.url ?? '']
    response.writeHead(text ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
