// The figures of the server: known answers.
import { expect, test } from 'vitest'
import {
  diskTone,
  type Endpoint,
  endpointRows,
  errorShare,
  errorTone,
  fileSize,
  lagTone,
  parseOperationsSearch,
  perMinute,
  queueShare,
  slowestProjection,
  sortedBy,
  storeSizes,
} from './model'

const figures = (requests: number, p50: number | null, p95: number | null, client = 0, server = 0) => ({
  requests,
  client_errors: client,
  server_errors: server,
  p50_ms: p50,
  p95_ms: p95,
  p99_ms: p95,
})

const endpoint = (
  route: string,
  recent: ReturnType<typeof figures>,
  since_start = recent,
  method = 'GET',
): Endpoint => ({ method, route, recent, since_start })

const ENDPOINTS = [
  endpoint('/b', figures(10, 4, 40)),
  endpoint('/a', figures(500, 2, 8, 9, 0)),
  endpoint('/a', figures(3, 90, 200, 0, 1), undefined, 'POST'),
  endpoint('/old', figures(0, null, null), figures(7, 1, 2)),
]

const keys = (search: Parameters<typeof endpointRows>[1]) => endpointRows(ENDPOINTS, search).map(({ key }) => key)

test('endpoints are sorted by the slowest first, and those without requests left out', () => {
  expect(keys({})).toEqual(['POST /a', 'GET /b', 'GET /a'])
  expect(keys({ span: 'start' })).toEqual(['POST /a', 'GET /b', 'GET /a', 'GET /old'])
  expect(keys({ order: 'asc' })).toEqual(['GET /a', 'GET /b', 'POST /a'])
  expect(keys({ sort: 'requests' })).toEqual(['GET /a', 'GET /b', 'POST /a'])
  expect(keys({ sort: 'errors' })).toEqual(['POST /a', 'GET /a', 'GET /b'])
  expect(keys({ sort: 'route' })).toEqual(['GET /a', 'POST /a', 'GET /b'])
  expect(keys({ sort: 'route', order: 'asc' })).toEqual(['GET /b', 'POST /a', 'GET /a'])
})

test('a column sorts one way, then the other', () => {
  expect(sortedBy({ span: 'start' }, 'requests')).toEqual({ span: 'start', sort: 'requests' })
  expect(sortedBy({ sort: 'requests' }, 'requests')).toEqual({ sort: 'requests', order: 'asc' })
  expect(sortedBy({ sort: 'requests', order: 'asc' }, 'requests')).toEqual({ sort: 'requests' })
  expect(sortedBy({}, 'p95')).toEqual({ order: 'asc' })
  expect(sortedBy({ sort: 'requests', order: 'asc' }, 'p95')).toEqual({})
})

test('the address keeps what is known of it', () => {
  expect(parseOperationsSearch({ sort: 'p99', order: 'asc', span: 'start', other: 1 })).toEqual({
    sort: 'p99',
    order: 'asc',
    span: 'start',
  })
  expect(parseOperationsSearch({ sort: 'p95', order: 'desc', span: 'recent' })).toEqual({})
})

test('requests a minute go by the seconds they were counted in', () => {
  const requests = {
    recent_seconds: 280,
    recent: figures(1_400, 1, 2),
    since_start: figures(1_400, 1, 2),
    endpoints: [],
  }
  expect(perMinute(requests)).toBe(300)
  expect(perMinute({ ...requests, recent_seconds: 0 })).toBe(84_000)
})

test('only failures of the server are its errors', () => {
  expect(errorShare(figures(200, 1, 2, 50, 3))).toBe(0.015)
  expect(errorShare(figures(0, null, null))).toBeNull()
  expect([null, 0, 0.0009, 0.001, 0.0099, 0.01].map(errorTone)).toEqual([
    undefined,
    undefined,
    undefined,
    'warn',
    'warn',
    'bad',
  ])
})

test('the projection that is furthest behind is the one whose oldest entry waits longest', () => {
  const lag = (name: string, lag_entries: number, lag_seconds: number | null) => ({ name, lag_entries, lag_seconds })
  expect(slowestProjection([lag('a', 0, 0), lag('b', 5, 30), lag('c', 9_000, 2)])?.name).toBe('b')
  expect(slowestProjection([lag('a', 4, null), lag('b', 5, 30)])?.name).toBe('a')
  expect(slowestProjection([lag('a', 0, 0), lag('b', 3, 0)])?.name).toBe('b')
  expect(slowestProjection([])).toBeUndefined()
  expect([0, 9.9, 10, 60, null].map(lagTone)).toEqual([undefined, undefined, 'warn', 'bad', 'warn'])
})

test('a queue is as full as its fuller limit, a disk low below a fifth', () => {
  expect(queueShare({ queued_batches: 4, max_batches: 400, queued_bytes: 30, max_bytes: 60 })).toBe(0.5)
  expect(queueShare({ queued_batches: 0, max_batches: 0, queued_bytes: 0, max_bytes: 0 })).toBe(0)
  expect([20, 19, 9].map((free) => diskTone(free, 100))).toEqual([undefined, 'warn', 'bad'])
  expect(diskTone(null, null)).toBeUndefined()
})

test('sizes of files are shown to three digits', () => {
  expect([0, 840, 999.6, 1_234, 99_960, 340_000_000, 12_400_000_000, 5e18].map(fileSize)).toEqual([
    '0 B',
    '840 B',
    '1.0 kB',
    '1.2 kB',
    '100 kB',
    '340 MB',
    '12.4 GB',
    '5000 PB',
  ])
})

test('stores are listed by what they take, without a catalog that is elsewhere', () => {
  const stores = {
    measured_at: '',
    journal_bytes: 5,
    lake_bytes: 3,
    catalog_bytes: null,
    blob_bytes: 9,
    other_bytes: 0,
  }
  expect(storeSizes(stores).map(({ key }) => key)).toEqual(['blob', 'journal', 'lake', 'other'])
  expect(storeSizes({ ...stores, catalog_bytes: 4 }).map(({ key }) => key)).toEqual([
    'blob',
    'journal',
    'catalog',
    'lake',
    'other',
  ])
})
