// Places in a statement: the server counts lines and characters from 1, the editor from 0 in units of UTF-16; pure.

export type Place = { line: number; column: number }

/** The offset of a place; none where the text has no such line. */
export function offsetOf(text: string, { line, column }: Place): number | undefined {
  const lines = text.split('\n')
  const found = lines[line - 1]
  if (found === undefined) return undefined
  const before = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0)
  return before + [...found].slice(0, Math.max(0, column - 1)).join('').length
}

/** What is underlined at a place: the word there, else one character; at the end of the text the one before. */
export function rangeAt(text: string, place: Place): { from: number; to: number } | undefined {
  const offset = offsetOf(text, place)
  if (offset === undefined || text === '') return undefined
  const from = Math.min(offset, text.length - 1)
  const word = /^[\w$]+/.exec(text.slice(from))?.[0].length ?? 1
  return { from, to: from + word }
}

/** A place in a part of the text that begins at `start`, as a place in the whole text. */
export function placeWithin(text: string, start: number, { line, column }: Place): Place {
  const before = text.slice(0, start).split('\n')
  const last = [...(before.at(-1) ?? '')].length
  return { line: line + before.length - 1, column: line === 1 ? column + last : column }
}
