// What the mock's visit printed to the console, and its requests that failed or were slow, as the tracker puts them into a recording.
type Recorded = { timestamp: number }
type Draft = [ms: number, tag: 'footfall.console' | 'footfall.request', payload: Record<string, unknown>]

const CONSOLE = 'footfall.console'
const REQUEST = 'footfall.request'

const STACK = `TypeError: Cannot read properties of undefined (reading 'fare')
    at priceOf (https://coralferries.example/assets/seats-8f2c1b.js:214:31)
    at SeatMap.render (https://coralferries.example/assets/seats-8f2c1b.js:388:17)
    at commit (https://coralferries.example/assets/vendor-41aa90.js:12:20418)
    at flush (https://coralferries.example/assets/vendor-41aa90.js:12:21100)`

const DRAFTS: Draft[] = [
  [350, CONSOLE, { level: 'info', text: 'Coral Ferries booking 4.12.0 (production)' }],
  [1_100, CONSOLE, { level: 'debug', text: 'session restored {"step":"seats","passengers":2}' }],
  [
    2_700,
    CONSOLE,
    {
      level: 'warn',
      text: '[gallery] "Photo 1 of 4" has no larger picture: the click does nothing. Set data-large on the figure, or remove the pointer.',
    },
  ],
  [4_300, CONSOLE, { level: 'log', text: 'search {"from":"Zanzibar","to":"Dar es Salaam","day":"2026-12-04"}' }],
  [
    8_600,
    REQUEST,
    {
      method: 'GET',
      url: 'https://coralferries.example/api/sailings/2026-12-04/seats',
      status: 200,
      duration_ms: 4_180,
      via: 'fetch',
      size_bytes: 48_230,
    },
  ],
  [9_200, CONSOLE, { level: 'log', text: 'seats loaded in 4180 ms' }],
  [
    12_310,
    REQUEST,
    {
      method: 'GET',
      url: 'https://fares.harbour-systems.example/v2/quotes/ZNZ-DAR/14C',
      status: 404,
      duration_ms: 212,
      via: 'fetch',
      size_bytes: 87,
    },
  ],
  [
    12_420,
    CONSOLE,
    { level: 'error', text: "TypeError: Cannot read properties of undefined (reading 'fare')", stack: STACK },
  ],
  [12_900, CONSOLE, { level: 'warn', text: 'No fare for seat 14C: the list price is shown' }],
  [15_000, CONSOLE, { level: 'warn', text: 'No fare for seat 14C: the list price is shown', count: 7 }],
  [
    18_200,
    REQUEST,
    {
      method: 'POST',
      url: 'https://coralferries.example/api/payments/intents',
      status: 503,
      duration_ms: 1_240,
      via: 'fetch',
      size_bytes: 64,
    },
  ],
  [18_240, CONSOLE, { level: 'error', text: 'Payment could not be started: HttpError: 503 Service Unavailable' }],
  [
    20_900,
    REQUEST,
    {
      method: 'POST',
      url: 'https://collect.partner-metrics.example/v1/batch',
      status: 0,
      duration_ms: 38,
      via: 'beacon',
      error: 'failed',
    },
  ],
  [
    23_100,
    REQUEST,
    {
      method: 'POST',
      url: 'https://coralferries.example/api/payments/intents',
      status: 0,
      duration_ms: 10_000,
      via: 'xhr',
      error: 'timeout',
    },
  ],
  [23_150, CONSOLE, { level: 'error', text: 'Payment could not be started: timeout of 10000 ms exceeded', count: 2 }],
]

/** The parts of a visit, each with the entries that fall between its first event and the next part's. */
export function withRecordedEntries(chunks: readonly Recorded[][], drafts: readonly Draft[] = DRAFTS): Recorded[][] {
  const began = chunks[0]?.[0]?.timestamp ?? 0
  const events = drafts.map(([ms, tag, payload]) => ({ type: 5, timestamp: began + ms, data: { tag, payload } }))
  return chunks.map((chunk, nth) => {
    const [from, to] = [chunk[0]?.timestamp ?? 0, chunks[nth + 1]?.[0]?.timestamp ?? Number.POSITIVE_INFINITY]
    const own = events.filter(({ timestamp }) => timestamp >= from && timestamp < to)
    return [...chunk, ...own].sort((a, b) => a.timestamp - b.timestamp)
  })
}

/** As many as a page may have, ten a second. */
export const FULL_PAGE: readonly Draft[] = [
  ...Array.from(
    { length: 500 },
    (_, nth): Draft => [
      nth * 50,
      CONSOLE,
      {
        level: (['log', 'warn', 'error'] as const)[nth % 3] ?? 'log',
        text: `line ${nth}: ${'seat map redrawn '.repeat(nth % 9)}`,
      },
    ],
  ),
  ...Array.from(
    { length: 300 },
    (_, nth): Draft => [
      nth * 80,
      REQUEST,
      {
        method: 'GET',
        url: `https://coralferries.example/api/seats/${nth}`,
        status: nth % 2 === 0 ? 500 : 200,
        duration_ms: nth % 2 === 0 ? 120 : 3_000 + nth,
        via: 'xhr',
      },
    ],
  ),
  [25_500, CONSOLE, { level: 'warn', text: '', dropped: true }],
]
