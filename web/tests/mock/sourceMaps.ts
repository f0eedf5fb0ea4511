// Source maps of the ferry booking site, deleting one, and its calls that they resolve.
import type { ErrorDetail, ErrorStackLine } from '../../src/features/errors/api'
import type { SourceMap } from '../../src/features/source-maps/api'
import { instant } from '../../src/lib/period'
import type { MockState } from './state'

const DAY = 86_400_000
type Answer = { status: number; json?: unknown }
const MAPPED = /\/booking\./

type Frame = ErrorDetail['frames'][number]

export function sourceMapsOf(now: number): SourceMap[] {
  const map = (id: string, file: string, days: number, more: Partial<SourceMap> = {}): SourceMap => ({
    id,
    url: `~/assets/${file}`,
    release: '8.4',
    size_bytes: 1_842_113,
    created_at: instant(now - days * DAY),
    uploaded_at: instant(now - days * DAY),
    uploaded_by: null,
    ...more,
  })
  return [
    map('sm1', 'booking.4f21c9ab.js', 3),
    map('sm2', 'payment.1c22aa90.js', 3, { size_bytes: 94_200 }),
    map('sm3', 'booking.77bb10cd.js', 34, { release: null, uploaded_by: 'm1' }),
  ]
}

/** The calls of these lines; those of the booking script are resolved. */
export function framesOf(lines: ErrorStackLine[]): Frame[] {
  return lines.flatMap(({ frame }): Frame[] => {
    if (!frame) return []
    const { function: name, file, line, column, is_in_app, location } = frame
    const sent = {
      function: name,
      file,
      line: line ?? null,
      column: column ?? null,
      is_in_app,
      script: is_in_app ? location : null,
      has_source_map: false,
      is_resolved: false,
      source_context: null,
    }
    if (!is_in_app || !MAPPED.test(location)) return [sent]
    const isTotal = name === 'total'
    return [
      {
        ...sent,
        function: isTotal ? 'totalFare' : 'renderSeats',
        file: isTotal ? 'src/booking/fares.ts' : 'src/booking/Seats.tsx',
        line: isTotal ? 41 : 118,
        column: 23,
        has_source_map: true,
        is_resolved: true,
        source_context: {
          before: [
            'export function totalFare(seats: Seat[]): number {',
            '  let total = 0',
            '  for (const seat of seats) {',
          ],
          line: '    total += fares[seat.class].fare',
          after: ['  }', '  return total', '}'],
        },
      },
    ]
  })
}

export function changeSourceMaps(state: MockState, method: string, path: string): Answer | undefined {
  const id = /\/source-maps\/(\w+)$/.exec(path)
  if (!id || method !== 'DELETE') return undefined
  state.sourceMaps = state.sourceMaps.filter((map) => map.id !== id[1])
  return { status: 204 }
}
