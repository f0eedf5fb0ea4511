// The size of a text on the wire.

export const bytes = (text: string): number => new Blob([text]).size
