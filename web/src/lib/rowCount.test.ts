// The count before an export: exact, more than was counted, or more than a file holds.
import { expect, test } from 'vitest'
import { cutNote, exportLabel } from './rowCount'

const count = (rows: number, is_more = false) => ({ rows, is_more, row_limit: 1_000_000 })

test('the button says how many rows the file will have', () => {
  expect(exportLabel(undefined, 'customers', 'customer')).toBe('Export customers')
  expect(exportLabel(count(1), 'customers', 'customer')).toBe('Export 1 customer')
  expect(exportLabel(count(12_345), 'customers', 'customer')).toBe('Export 12,345 customers')
  expect(exportLabel(count(100_000, true), 'events', 'event')).toBe('Export more than 100,000 events')
  expect(exportLabel(count(1_234_567), 'pages', 'page')).toBe('Export the first 1,000,000 pages')
})

test('a file that cannot hold all rows is announced', () => {
  expect(cutNote(undefined, 'pages')).toBeNull()
  expect(cutNote(count(1_000_000), 'pages')).toBeNull()
  expect(cutNote(count(100_000, true), 'events')).toContain('at most 1,000,000 rows')
  expect(cutNote(count(1_234_567), 'pages')).toContain('There are 1,234,567 pages. The file ends after 1,000,000 rows')
})
