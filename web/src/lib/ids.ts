// Ids as they are shown where a whole one is too long.

const WHOLE = 12
const SHOWN = 6

/** The end of an id, which differs even between ids that were made in the same moment; short ids are whole. */
export function shortId(id: string): string {
  return id.length <= WHOLE ? id : `…${id.slice(-SHOWN)}`
}
