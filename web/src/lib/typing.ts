// Whether a key is typed into a field: then it is no shortcut.

/** Looks into shadow trees, whose events seem to come from their host. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0] ?? event.target
  if (!(target instanceof Element)) return false
  return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[contenteditable="true"]') !== null
}
