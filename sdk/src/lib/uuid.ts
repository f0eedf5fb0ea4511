// Makes UUIDv7 ids: sortable by time, so the server can store events in order cheaply.

export const uuid = (): string => {
  // One for each place of the pattern.
  const random = crypto.getRandomValues(new Uint8Array(23))
  return (
    Date.now().toString(16).padStart(12, '0').replace(/.{8}/, '$&-') +
    '-7xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (digit, place: number) => {
      const value = random[place] as number
      return (digit === 'x' ? value & 15 : (value & 3) + 8).toString(16)
    })
  )
}
