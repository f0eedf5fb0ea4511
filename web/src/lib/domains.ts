// Domains as people paste them.

/** Domains from text separated by spaces, commas or lines: without scheme, path or repetition. */
export function parseDomains(text: string): string[] {
  const domains = text
    .split(/[\s,;]+/)
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .replace(/^[a-z]+:\/\//, '')
        .replace(/\/.*$/, ''),
    )
    .filter((part) => part !== '')
  return [...new Set(domains)]
}
