// Names of countries by their two letters (ISO 3166).

let names: Intl.DisplayNames | undefined

/** "Tanzania"; a code that is none as it stands. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  names ??= new Intl.DisplayNames('en', { type: 'region' })
  return names.of(code) ?? code
}
