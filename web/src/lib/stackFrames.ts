// The words for calls of a stack: where one is, why it is not the site's own, and which scripts lack a source map; pure.

type Place = { file: string; location?: string; line?: number | null; column?: number | null }

/** "booking.js:1:8841", "src/cart.ts:5:26" */
export function placeName({ file, location, line, column }: Place): string {
  return [file || location, line, column].filter((part) => part != null).join(':')
}

/** Why a frame is not the site's own. */
export function foreignLabel({ location = '' }: { location?: string }): string {
  return location.includes('-extension:') ? 'extension' : 'browser'
}

type Script = { is_in_app: boolean; script?: string | null; has_source_map: boolean }

/** Scripts of the site's own calls that have no source map, each once, nearest the error first. */
export function scriptsWithoutMap(frames: readonly Script[]): string[] {
  const found = frames.filter((frame) => frame.is_in_app && frame.script && !frame.has_source_map)
  return [...new Set(found.map(({ script }) => script ?? ''))]
}

/** "app.js" of "https://shop.test/assets/app.js" */
export function scriptName(address: string): string {
  return address.split('/').at(-1) || address
}
