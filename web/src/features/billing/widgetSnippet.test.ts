// The snippet to paste into a page.
import { expect, test } from 'vitest'
import { widgetSnippet } from './widgetSnippet'

test('the snippet names the server and the widget, and is closed', () => {
  const code = widgetSnippet('https://footfall.example', '01a2')
  expect(code).toContain("sendBeacon('https://footfall.example/api/analytics/track'")
  expect(code).toContain("widget_id: '01a2'")
  expect(code.match(/<\/script>/g)).toHaveLength(1)
})
