// The month a calendar opens with.
import { MantineProvider } from '@mantine/core'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { setProjectZone } from '../../lib/zone'
import RangeCalendar from './RangeCalendar'

afterEach(() => {
  vi.useRealTimers()
  setProjectZone('UTC')
})

function monthShown(now: string, zone: string, from?: string, to?: string): string | undefined {
  vi.useFakeTimers({ now: new Date(now) })
  setProjectZone(zone)
  const page = renderToString(
    <MantineProvider>
      <RangeCalendar from={from} to={to} onChoose={() => undefined} />
    </MantineProvider>,
  )
  return /(January|October|November|December) 20\d\d/.exec(page)?.[0]
}

test('it is the month of the project’s today, also when the browser’s is another', () => {
  expect(monthShown('2026-11-30T12:00:00Z', 'Pacific/Kiritimati')).toBe('December 2026')
  expect(monthShown('2026-12-01T02:00:00Z', 'America/New_York')).toBe('November 2026')
})

test('it is the month in which the chosen days end', () => {
  expect(monthShown('2026-11-30T12:00:00Z', 'America/New_York', '2026-09-05T04:00:00Z', '2026-11-01T04:00:00Z')).toBe(
    'October 2026',
  )
})
