// Where the cards of a board stand: rows of four, two or one, filled in order; and where a card goes that is moved. Pure.

/** In quarters of a wide board. */
export type Width = 1 | 2 | 3 | 4
export type Columns = 4 | 2 | 1
export type Place = { row: number; column: number; span: number }
export type Direction = 'left' | 'right' | 'up' | 'down'

/** How many columns a card takes of so many. */
export function spanOf(width: number, columns: Columns): number {
  return Math.min(width, columns)
}

/** How much room a card has, in quarters of a wide board: one of two columns is wider than one of four. */
export function roomOf(width: number, columns: Columns): number {
  if (columns === 1) return 1
  return columns === 2 ? Math.min(width, 2) : width
}

/** As the grid places them: in order, a card that does not fit begins a row. */
export function placesOf(cards: readonly { width: number }[], columns: Columns): Place[] {
  let [row, column] = [0, 0]
  return cards.map(({ width }) => {
    const span = spanOf(width, columns)
    if (column + span > columns) [row, column] = [row + 1, 0]
    const place = { row, column, span }
    column += span
    return place
  })
}

/** Where a card goes by an arrow key; up and down to the card of the next row that begins nearest. */
export function targetOf(
  cards: readonly { width: number }[],
  index: number,
  direction: Direction,
  columns: Columns,
): number {
  if (direction === 'left') return Math.max(0, index - 1)
  if (direction === 'right') return Math.min(cards.length - 1, index + 1)
  const places = placesOf(cards, columns)
  const own = places[index]
  if (!own) return index
  const row = own.row + (direction === 'up' ? -1 : 1)
  const there = places.flatMap((place, at) =>
    place.row === row ? [{ at, far: Math.abs(place.column - own.column) }] : [],
  )
  const nearest = there.reduce<(typeof there)[number] | undefined>(
    (best, place) => (best === undefined || place.far < best.far ? place : best),
    undefined,
  )
  return nearest?.at ?? (direction === 'up' ? 0 : cards.length - 1)
}

export type Box = { left: number; top: number; right: number; bottom: number }

/** Between which cards a point lies: before the card of this index, or after the last. */
export function gapAt(boxes: readonly Box[], x: number, y: number): number {
  let best = { at: 0, far: Infinity }
  boxes.forEach((box, at) => {
    const far = Math.hypot(
      Math.max(box.left - x, 0, x - box.right),
      // Rows come before columns: the row of the point is the one that counts.
      4 * Math.max(box.top - y, 0, y - box.bottom),
    )
    if (far < best.far) best = { at: x > (box.left + box.right) / 2 ? at + 1 : at, far }
  })
  return best.at
}

/** The index of a card that is dropped into a gap: those behind it have moved up. */
export function indexInGap(from: number, gap: number): number {
  return gap > from ? gap - 1 : gap
}
