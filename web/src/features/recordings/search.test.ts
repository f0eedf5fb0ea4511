// What the addresses of the recordings pages hold.
import { describe, expect, test } from 'vitest'
import { parseMomentSearch, parseRecordingsSearch } from './search'

describe('the address of the pages', () => {
  test('keeps the filters and the moment, and nothing else', () => {
    expect(parseRecordingsSearch({ session_id: ' s ', visitor_id: '', user_id: 42, other: 'x' })).toEqual({ session_id: 's', user_id: '42' })
    expect(parseMomentSearch({ t: '12.9' })).toEqual({ t: 12 })
    for (const t of ['-1', '0', 'x', undefined, 'Infinity']) expect(parseMomentSearch({ t })).toEqual({})
  })
})
