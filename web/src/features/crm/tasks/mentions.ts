// Mentions of members in a comment as it is written and as it is read; pure.

export type Named = { id: string; name: string }

/** What is typed after an @ that the caret stands behind: the beginning of a name; null where no name is being typed. */
export function typedName(text: string, caret: number): string | null {
  const found = /(?:^|[\s(])@([^\n@]{0,40})$/u.exec(text.slice(0, caret))
  return found ? (found[1] ?? '') : null
}

/** The members whose names or later words begin so, whatever the case; 6 at most. */
export function suggested<M extends Named>(members: readonly M[], typed: string): M[] {
  const wanted = typed.trim().toLocaleLowerCase()
  const begins = ({ name }: M) =>
    name.toLocaleLowerCase().startsWith(wanted) ||
    name
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted))
  return members.filter(begins).slice(0, 6)
}

/** The text with the name in place of what was typed of it, and where the caret stands then. */
export function withName(text: string, caret: number, name: string): { text: string; caret: number } {
  const start = text.lastIndexOf('@', caret - 1)
  const before = `${text.slice(0, start)}@${name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

/** The ids of the members whom a text names behind an @. */
export function mentionedIn(text: string, members: readonly Named[]): string[] {
  return partsOf(text, members)
    .flatMap(({ memberId }) => memberId ?? [])
    .filter((id, index, all) => all.indexOf(id) === index)
}

export type TextPart = { text: string; memberId: string | null }

/** A text in parts, of which some are mentions; the longest name counts where one begins with another. */
export function partsOf(text: string, members: readonly Named[]): TextPart[] {
  const byLength = [...members].sort((a, b) => b.name.length - a.name.length)
  const parts: TextPart[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const isStart = text[at] === '@' && (at === 0 || /[\s(]/.test(text[at - 1] ?? ''))
    const named = isStart
      ? byLength.find(
          ({ name }) =>
            name !== '' && text.startsWith(name, at + 1) && !/[\p{L}\p{N}]/u.test(text[at + 1 + name.length] ?? ''),
        )
      : undefined
    if (named === undefined) {
      plain += text[at]
      at += 1
      continue
    }
    if (plain) parts.push({ text: plain, memberId: null })
    plain = ''
    parts.push({ text: `@${named.name}`, memberId: named.id })
    at += named.name.length + 1
  }
  if (plain) parts.push({ text: plain, memberId: null })
  return parts
}
