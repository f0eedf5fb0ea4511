// What the addresses of the recordings pages hold.
import { describe, expect, test } from 'vitest'
import { parseMomentSearch, parseRecordingsSearch } from './search'

describe('the address of the pages', () => {
  test('keeps the filters and the moment, and nothing else', () => {
    expect(parseRecordingsSearch({ session_id: ' s ', visitor_id: '', user_id: 42, other: 'x' })).toEqual({
      session_id: 's',
      user_id: '42',
    })
    expect(parseMomentSearch({ t: '12.9' })).toEqual({ t: 12 })
    for (const t of ['-1', '0', 'x', undefined, 'Infinity']) expect(parseMomentSearch({ t })).toEqual({})
  })

  test('keeps the friction that is followed beside the moment, and drops one that names nothing', () => {
    const pay = { friction_kind: 'rage_click', selector: '#pay' }
    expect(parseMomentSearch({ t: 12, ...pay, error_group: 'v1:ab', path: '/x' })).toEqual({ t: 12, ...pay })
    expect(parseMomentSearch({ friction_kind: 'javascript_error', error_group: 'v1:ab' })).toEqual({
      friction_kind: 'javascript_error',
      error_group: 'v1:ab',
    })
    expect(parseMomentSearch({ friction_kind: 'thrashing', path: '/x' })).toEqual({
      friction_kind: 'thrashing',
      path: '/x',
    })
    expect(parseMomentSearch({ friction_kind: 'javascript_error', selector: '#pay' })).toEqual({})
    expect(parseMomentSearch({ friction_kind: 'nonsense', selector: '#pay' })).toEqual({})
    expect(parseMomentSearch({ friction_kind: 'rage_click', selector: ' ' })).toEqual({})
  })
})
