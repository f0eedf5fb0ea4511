// Style sheets of recordings, made harmless: no imports, no address but data and fragments, every piece complete in itself.

/** Longer ones are left out: they would hold the page up. */
const MAX_CSS = 4_000_000
/** Their strings are addresses. */
const ADDRESS_FUNCTIONS = new Set([
  'image-set',
  '-webkit-image-set',
  'image',
  'src',
  '-webkit-canvas',
  'element',
  '-moz-element',
])
/** Brackets in brackets; browsers read them by recursion. */
const MAX_NESTING = 64
const CLOSERS: Record<string, string> = { '(': ')', '[': ']', '{': '}' }
/** Between the texts of one element, as the recorder marks it. */
const SPLIT = '/* rr_split */'

/** In place of a rule that is left out, so that the numbers of the others stay. */
export const REMOVED_RULE = '@media not all{}'

const HARMLESS =
  /^(?:#|data:(?:image\/(?:png|gif|jpe?g|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|font\/[\w.+-]+|application\/(?:x-)?font-[\w.+-]+)[;,])/i

/** Whether an address asks nobody: a fragment of the page, or an image or font within the address. */
export function isHarmless(address: string): boolean {
  return HARMLESS.test(address.trim())
}

const isName = (char: string | undefined): boolean => char !== undefined && (/[\w-]/.test(char) || char > '\x7f')
const isBlank = (char: string | undefined): boolean => char !== undefined && /[ \t\r\n\f]/.test(char)

/** Resolves the escapes of a CSS name, string or address. */
function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|(\r\n|[\s\S]))/gi,
    (_, hex: string | undefined, char: string | undefined) => {
      if (hex === undefined) return char === undefined || /[\r\n\f]/.test(char) ? '' : char
      const code = Number.parseInt(hex, 16)
      return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
    },
  )
}

/** A style sheet or a piece of one without what reaches beyond the recording. */
export function sanitizeCss(css: string): string {
  if (css.length > MAX_CSS) return ''
  return new Scanner(css.replaceAll(SPLIT, '')).run()
}

class Scanner {
  private at = 0
  private readonly out: string[] = []
  /** The closers of the brackets that are open. */
  private readonly open: string[] = []

  constructor(private readonly text: string) {}

  run(): string {
    while (this.at < this.text.length) this.step()
    // What follows in another text of the same element is not a part of this one's last rule or function.
    this.out.push(...this.open.reverse())
    return this.out.join('')
  }

  private step(): void {
    const char = this.text[this.at] as string
    if (char === '/' && this.text[this.at + 1] === '*') {
      this.comment()
      this.out.push('/**/')
    } else if (char === '"' || char === "'") this.out.push(quoted(this.string()))
    else if (char === '@') this.atRule()
    else if (isName(char) || char === '\\') this.word()
    else this.mark(char)
  }

  private mark(char: string): void {
    const closer = CLOSERS[char]
    if (closer !== undefined && this.open.length >= MAX_NESTING) {
      this.skipGroup()
      this.out.push(char, closer)
      return
    }
    this.at++
    if (closer !== undefined) this.open.push(closer)
    else if (')]}'.includes(char)) {
      // One that closes nothing means nothing.
      if (this.open.at(-1) !== char) return
      this.open.pop()
    }
    this.out.push(char)
  }

  private comment(): void {
    const end = this.text.indexOf('*/', this.at + 2)
    this.at = end < 0 ? this.text.length : end + 2
  }

  /** Reads a string; one that is not closed ends with its line. */
  private string(): string {
    const quote = this.text[this.at]
    const from = ++this.at
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at]
      if (char === '\\') this.at++
      else if (char === quote || char === '\n' || char === '\r' || char === '\f') break
    }
    const value = unescaped(this.text.slice(from, this.at))
    if (this.text[this.at] === quote) this.at++
    this.at = Math.min(this.at, this.text.length)
    return value
  }

  /** Reads a name with its escapes. */
  private name(): { raw: string; name: string } {
    const from = this.at
    while (this.at < this.text.length) {
      if (isName(this.text[this.at])) this.at++
      else if (this.text[this.at] === '\\' && this.at + 1 < this.text.length) {
        const hex = /^[0-9a-f]{1,6}(?:\r\n|[ \t\r\n\f])?/i.exec(this.text.slice(this.at + 1, this.at + 9))
        this.at += 1 + (hex ? hex[0].length : 1)
      } else break
    }
    // A backslash with nothing behind it.
    if (this.at === from) this.at++
    const raw = this.text.slice(from, this.at)
    return { raw: raw === '\\' ? '' : raw, name: unescaped(raw).toLowerCase() }
  }

  private word(): void {
    const { raw, name } = this.name()
    if (this.text[this.at] !== '(') {
      this.out.push(raw)
    } else if (name === 'url' || name === 'url-prefix' || name === 'domain') {
      const address = this.address()
      this.out.push(isHarmless(address) ? `url(${quoted(address)})` : 'none')
    } else if (ADDRESS_FUNCTIONS.has(name)) {
      this.skipGroup()
      this.out.push('none')
    } else {
      this.out.push(raw)
    }
  }

  /** Reads `(address)`, in quotes or without. */
  private address(): string {
    this.at++
    while (isBlank(this.text[this.at])) this.at++
    const char = this.text[this.at]
    if (char === '"' || char === "'") {
      const address = this.string()
      this.skipTo(')')
      return address
    }
    const from = this.at
    while (this.at < this.text.length && this.text[this.at] !== ')') this.at += this.text[this.at] === '\\' ? 2 : 1
    const address = unescaped(this.text.slice(from, this.at)).trim()
    this.at = Math.min(this.at + 1, this.text.length)
    return address
  }

  private skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at)
    this.at = found < 0 ? this.text.length : found + 1
  }

  /** Leaves out a group of brackets or braces, with the groups in it. */
  private skipGroup(): void {
    let depth = 0
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string
      if (char === '/' && this.text[this.at + 1] === '*') this.comment()
      else if (char === '"' || char === "'") this.string()
      else {
        this.at += char === '\\' ? 2 : 1
        if ('({['.includes(char)) depth++
        else if (')}]'.includes(char) && --depth <= 0) return
      }
    }
  }

  private atRule(): void {
    this.at++
    if (!isName(this.text[this.at]) && this.text[this.at] !== '\\') {
      this.out.push('@')
      return
    }
    const { raw, name } = this.name()
    if (name === 'import' || name === 'document' || name === '-moz-document') {
      this.skipRule()
      this.out.push(REMOVED_RULE)
    } else this.out.push('@', raw)
  }

  private skipRule(): void {
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string
      if (char === ';') {
        this.at++
        return
      }
      if (char === '}') return
      if (char === '{') return this.skipGroup()
      if (char === '(') this.skipGroup()
      else if (char === '"' || char === "'") this.string()
      else if (char === '/' && this.text[this.at + 1] === '*') this.comment()
      else this.at += char === '\\' ? 2 : 1
    }
  }
}

/** A string as CSS writes it. */
function quoted(value: string): string {
  return `"${value.replace(/["\\\n\r\f<]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`
}
