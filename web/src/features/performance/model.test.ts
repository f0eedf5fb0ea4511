// The measurements of a page.
import { expect, test } from 'vitest'
import { pageVitals } from './model'

test('the measurements stand in the usual order, the missing ones empty', () => {
  const rows = pageVitals({ path: '/', samples: 3, largest_contentful_paint: 4200, cumulative_layout_shift: 0.05, time_to_interactive: 7301, load_time: 9000 })
  expect(rows).toEqual([
    { metric: 'largest_contentful_paint', value: 4200, rating: 'poor' },
    { metric: 'interaction_to_next_paint', value: null, rating: null },
    { metric: 'cumulative_layout_shift', value: 0.05, rating: 'good' },
    { metric: 'first_contentful_paint', value: null, rating: null },
    { metric: 'time_to_first_byte', value: null, rating: null },
    { metric: 'time_to_interactive', value: 7301, rating: 'poor' },
    { metric: 'load_time', value: 9000, rating: null },
  ])
})
