// Makes UUIDv7 ids: sortable by time, so the server can store events in order cheaply.

const randomByte = (): number => crypto.getRandomValues(new Uint8Array(1))[0] as number

export const uuid = (): string =>
  Date.now().toString(16).padStart(12, '0').replace(/.{8}/, '$&-') +
  '-7xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) =>
    (place === 'x' ? randomByte() & 15 : (randomByte() & 3) + 8).toString(16),
  )
