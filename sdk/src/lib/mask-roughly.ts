// A stand-in for the rules of `mask.ts` until they have loaded: it lets less through than they do, never more.

/**
 * Texts end before a query, or before the first word with a digit, an `@`, an escape or a quote: `[text]` stands for
 * the rest. Of queries `utm_*` stays where its value is a word. Selectors are whole or missing.
 */
export const maskRoughly = (name: string, text: string): string | undefined => {
  if (/selector/.test(name)) return /["@]|\d\d.?\d\d/.test(text) ? undefined : text
  return (
    text.replace(
      // Hosts may be called anything.
      /(https?:\/\/[\w.:-]*(?=[/?#]|$))|(\?|[^\s/?]*["=@＠%\p{N}])[\s\S]*/gu,
      (_, host, start) => host || (start === '?' ? '' : '[text]'),
    ) + (text.match(/[?&]utm_[a-z]*=[a-z_.+-]*(?![^&#])/gi) || []).join('').replace(/^./, '?')
  )
}
