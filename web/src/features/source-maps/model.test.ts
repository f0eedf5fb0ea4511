// Source maps: their sizes, and the command that uploads them.
import { expect, test } from 'vitest'
import { sizeText, uploadCommand } from './model'

test('sizes are rounded', () => {
  expect([842, 12_345, 999_999, 3_400_000].map(sizeText)).toEqual(['842 B', '12 kB', '1000 kB', '3.4 MB'])
})

test('the command names the server and the project', () => {
  const command = uploadCommand('https://footfall.test', 'p1')
  expect(command).toContain('footfall source-maps upload --server https://footfall.test --project p1 \\')
  expect(command.split('\n')).toHaveLength(3)
})
