// The size of a text on the wire.

/** Not by a Blob: browsers keep those in another process, and asking it takes longer than all else of ours. */
export const bytes = (text: string): number => new TextEncoder().encode(text).length
