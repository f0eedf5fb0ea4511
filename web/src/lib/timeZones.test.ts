// Zones to choose from, and the time there by hand.
import { expect, test } from 'vitest'
import { timeThere, zoneChoices } from './timeZones'

const NOON = Date.UTC(2026, 10, 21, 12, 4)

test('the time in a zone has its day and offset', () => {
  expect(timeThere('Africa/Dar_es_Salaam', NOON)).toBe('Saturday 15:04, GMT+3')
  expect(timeThere('Asia/Kathmandu', NOON)).toBe('Saturday 17:49, GMT+5:45')
  expect(timeThere('Pacific/Auckland', NOON)).toBe('Sunday 01:04, GMT+13')
  expect(timeThere('UTC', NOON)).toBe('Saturday 12:04, UTC')
  expect(timeThere('Middle/Earth', NOON)).toBe('')
})

test('every zone can be chosen once, also one that only the server knows', () => {
  const choices = zoneChoices('America/Old_Town', ['Africa/Dar_es_Salaam', 'UTC'])
  expect(choices).toEqual([
    { value: 'UTC', label: 'UTC' },
    { value: 'America/Old_Town', label: 'America/Old Town' },
    { value: 'Africa/Dar_es_Salaam', label: 'Africa/Dar es Salaam' },
  ])
})
