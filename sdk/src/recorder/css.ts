// Style sheets as they may leave the page: what they fetch and what they write is taken out.

const URLS = /url\(\s*(?:"[^"]*"|'[^']*'|[^)]*)\s*\)/gi
const TEXTS = /(content\s*:\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/gi

/** Addresses carry tokens, and generated texts may be anybody's; icons are written as escapes, and stay. */
export const maskCss = (css: string): string =>
  css.replace(URLS, 'url()').replace(TEXTS, (_, name: string, text: string) => {
    return name + text.replace(/\\[0-9a-f]{1,6}|[^\s"'\\]/gi, (letter) => (letter[0] === '\\' ? letter : '*'))
  })
