// Which columns make a chart, and the series they make.
import { expect, test } from 'vitest'
import { drawingOf, MAX_POINTS, settingsOf } from './chart'

const COLUMNS = [
  { name: 'country', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'orders', type: 'bigint' },
  { name: 'value', type: 'numeric(10,2)' },
]

test('time goes along the axis and numbers up, unless others are chosen', () => {
  expect(settingsOf(COLUMNS, { shape: 'line' })).toEqual({ shape: 'line', x: 'day', y: ['orders', 'value'] })
  expect(settingsOf(COLUMNS, { shape: 'bar', x: 'country', y: ['value', 'country', 'gone'], series: 'day' })).toEqual({
    shape: 'bar',
    x: 'country',
    y: ['value'],
    series: 'day',
  })
  expect(settingsOf(COLUMNS, { shape: 'bar', x: 'gone', y: ['gone'], series: 'gone' })).toEqual({
    shape: 'bar',
    x: 'day',
    y: ['orders', 'value'],
  })
  expect(settingsOf(COLUMNS.slice(0, 2), { shape: 'bar' })).toBeUndefined()
  expect(settingsOf([], { shape: 'bar' })).toBeUndefined()
  expect(
    settingsOf(
      [
        { name: 'n', type: 'bigint' },
        { name: 'm', type: 'bigint' },
      ],
      { shape: 'bar' },
    ),
  ).toEqual({ shape: 'bar', x: 'n', y: ['m'] })
})

const ROWS = [
  ['TZ', '2026-11-02', 5, 1.5],
  ['KE', '2026-11-01', 2, null],
  [null, '2026-11-01', 1, 4],
  ['TZ', '2026-11-01', 3, 2],
]

test('each column is a series along time, and what is missing is a gap', () => {
  const { labels, series } = drawingOf(
    { columns: COLUMNS, rows: ROWS },
    { shape: 'line', x: 'day', y: ['orders', 'value'] },
  )
  expect(labels).toEqual(['2026-11-01', '2026-11-02'])
  expect(series).toEqual([
    { name: 'orders', values: [3, 5] },
    { name: 'value', values: [2, 1.5] },
  ])
})

test('each value of a column is a series of its own', () => {
  const split = drawingOf(
    { columns: COLUMNS, rows: ROWS },
    { shape: 'line', x: 'day', y: ['orders'], series: 'country' },
  )
  expect(split.series).toEqual([
    { name: 'KE', values: [2, null] },
    { name: 'NULL', values: [1, null] },
    { name: 'TZ', values: [3, 5] },
  ])
  const both = drawingOf(
    { columns: COLUMNS, rows: ROWS.slice(0, 1) },
    { shape: 'bar', x: 'day', y: ['orders', 'value'], series: 'country' },
  )
  expect(both.series.map(({ name }) => name)).toEqual(['TZ, orders', 'TZ, value'])
})

test('more names than pixels are cut, and the cut is counted', () => {
  const rows = Array.from({ length: MAX_POINTS + 5 }, (_, index) => [`c${index}`, null, index, null])
  const { labels, series, cut } = drawingOf({ columns: COLUMNS, rows }, { shape: 'bar', x: 'country', y: ['orders'] })
  expect([labels.length, series[0]?.values.length, cut]).toEqual([MAX_POINTS, MAX_POINTS, 5])
})

test('whole days are named by their date, other instants with their time', () => {
  const columns = [
    { name: 'at', type: 'timestamptz' },
    { name: 'n', type: 'bigint' },
  ]
  const labels = (...at: string[]) =>
    drawingOf({ columns, rows: at.map((value) => [value, 1]) }, { shape: 'bar', x: 'at', y: ['n'] }).labels
  expect(labels('2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z')).toEqual(['1 Nov 2026', '2 Nov 2026'])
  expect(labels('2026-11-02T00:00:00Z', '2026-11-01T12:00:00Z')).toEqual([
    '1 Nov 2026, 12:00:00 UTC',
    '2 Nov 2026, 00:00:00 UTC',
  ])
})
