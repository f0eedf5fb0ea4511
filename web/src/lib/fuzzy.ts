// Finds what somebody means by a few letters: letters in their order, better where words begin and where they follow each other; pure.

export type Match = { score: number /** Places of the letters that match. */; places: number[] }

const CONSECUTIVE = 9
const WORD_START = 8
const FIRST = 4
const GAP = 1
const MAX_GAP = 12
/** Places of the first letter that are tried. */
const MAX_STARTS = 20

/** How well a text matches; nothing where a letter is missing. An empty query matches everything alike. */
export function fuzzyMatch(query: string, text: string): Match | null {
  const letters = folded(query).replace(/\s+/g, '')
  const target = folded(text)
  if (letters === '') return { score: 0, places: [] }
  if (letters.length > target.length) return null
  // The best match may begin at any place of the first letter.
  let best: Match | null = null
  const first = letters.charAt(0)
  for (
    let start = target.indexOf(first), tried = 0;
    start >= 0 && tried < MAX_STARTS;
    start = target.indexOf(first, start + 1), tried++
  ) {
    const match = matchFrom(letters, target, text, start)
    if (match === null) break
    if (best === null || match.score > best.score) best = match
  }
  return best
}

function matchFrom(letters: string, target: string, text: string, start: number): Match | null {
  const places = [start]
  let score = pointsAt(text, start, -2)
  for (const letter of letters.slice(1)) {
    const last = places.at(-1) ?? start
    const place = nextPlace(target, text, letter, last)
    if (place < 0) return null
    score += pointsAt(text, place, last)
    places.push(place)
  }
  // Of two that match alike the shorter one is meant.
  return { score: score - target.length / 100, places }
}

/** The next letter of the word, else the beginning of a later word, else wherever it comes next. */
function nextPlace(target: string, text: string, letter: string, last: number): number {
  if (target.charAt(last + 1) === letter) return last + 1
  const first = target.indexOf(letter, last + 1)
  for (let place = first; place >= 0; place = target.indexOf(letter, place + 1))
    if (isWordStart(text, place)) return place
  return first
}

function pointsAt(text: string, place: number, last: number): number {
  if (place === last + 1) return CONSECUTIVE
  const base = isWordStart(text, place) ? WORD_START + (place === 0 ? FIRST : 0) : 1
  return last < 0 ? base : base - Math.min(MAX_GAP, place - last - 1) * GAP * 0.25
}

function isWordStart(text: string, place: number): boolean {
  return (
    place === 0 ||
    !/[\p{L}\p{N}]/u.test(text.charAt(place - 1)) ||
    (/\p{Lu}/u.test(text.charAt(place)) && /\p{Ll}/u.test(text.charAt(place - 1)))
  )
}

/** Without case and accents, letter by letter. */
function folded(text: string): string {
  return [...text].map((letter) => letter.normalize('NFD').charAt(0).toLowerCase().padEnd(letter.length)).join('')
}
