// Errors of the API as the dashboard knows them.
import { expect, test } from 'vitest'
import { asProblem, problemFrom, unreachable } from './problem'
import { isWorthRetrying } from './queryClient'

test('a problem document gives title, detail, field and request id', () => {
  const body = { title: 'Invalid', detail: 'too short', field: 'name', request_id: 'r1', status: 422 }
  const problem = problemFrom(new Response('', { status: 422 }), body)
  expect(problem).toMatchObject({ status: 422, title: 'Invalid', detail: 'Too short.', field: 'name', requestId: 'r1' })
})

test('an answer of a proxy still says its status and request id', () => {
  const response = new Response('<html>', { status: 502, headers: { 'x-request-id': 'r2' } })
  expect(problemFrom(response, '<html>')).toMatchObject({
    status: 502,
    title: 'The server responded with 502',
    requestId: 'r2',
  })
})

test('the wait asked for is read', () => {
  const response = new Response('', { status: 429, headers: { 'retry-after': '30' } })
  expect(problemFrom(response, undefined).retryAfterSeconds).toBe(30)
})

test('only a missing or failing gateway is asked again', () => {
  expect(isWorthRetrying(unreachable())).toBe(true)
  expect(isWorthRetrying(problemFrom(new Response('', { status: 503 }), {}))).toBe(true)
  expect(isWorthRetrying(problemFrom(new Response('', { status: 500 }), {}))).toBe(false)
  expect(isWorthRetrying(problemFrom(new Response('', { status: 404 }), {}))).toBe(false)
})

test('any thrown value can be shown', () => {
  expect(asProblem(new Error('oops')).detail).toBe('oops')
  expect(asProblem('text').detail).toBe('text')
})
