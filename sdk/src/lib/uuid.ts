// Makes UUIDv7 ids: sortable by time, so the server can store events in order cheaply.

export const uuid = (): string => {
  // One for each place of the pattern.
  const random = crypto.getRandomValues(new Uint8Array(23))
  return (
    Date.now().toString(16).padStart(12, '0').replace(/.{8}/, '$&-') +
    // A 0 becomes four random bits; an 8 keeps its first bit and gets two random ones.
    '-7000-8000-000000000000'.replace(/[08]/g, (digit: unknown, place: number) =>
      ((digit as number) ^ ((random[place] as number) & (15 >> ((digit as number) / 4)))).toString(16),
    )
  )
}
