// CSV that a spreadsheet reads as data only.
import { expect, test } from 'vitest'
import { toCsv } from './csv'

test('cells that could start a formula are quoted with an apostrophe', () => {
  const rows = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', 'a=1'].map((cell) => [cell])
  expect(toCsv(['Text'], rows)).toBe("Text\r\n'=1+1\r\n'+1\r\n'-1\r\n'@x\r\n'\t=1\r\n\"'\r=1\"\r\na=1\r\n")
})

test('a formula is one behind blanks and quotes, and in full-width letters', () => {
  for (const text of [
    ' =1',
    '\u00a0=1',
    '"=1',
    "'=1",
    '\u200b=1',
    '\ufeff@x',
    '\u0000=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '−1',
  ]) {
    const cell = toCsv([], [[text]]).split('\r\n')[1]
    expect(cell?.replace(/^"/, '').startsWith("'")).toBe(true)
  }
  expect(toCsv([], [['x@y.test'], ["it's"], ['…']])).toBe("\r\nx@y.test\r\nit's\r\n…\r\n")
})

test('numbers stay numbers, also negative ones, and nothing is empty', () => {
  expect(toCsv(['A', 'B', 'C'], [[-5, null, undefined]])).toBe('A,B,C\r\n-5,,\r\n')
})

test('commas, quotes and line breaks are enclosed', () => {
  expect(toCsv(['A'], [['x,"y"\nz']])).toBe('A\r\n"x,""y""\nz"\r\n')
})

test('a header from data is made safe too', () => {
  expect(toCsv(['=A'], [])).toBe("'=A\r\n")
})
