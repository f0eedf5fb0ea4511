// The nodes of a recorded page, rebuilt from what is allowed in them, and who is whose parent.
import { type Attribute, greyBox, sanitizeAttributes } from './attributes'
import { type Bound, idOf, MAX_DEPTH, MAX_NODES, MAX_NODES_IN_ALL } from './bounds'
import { sanitizeCss } from './css'

/** The kinds of nodes as rrweb numbers them. */
export const DOCUMENT = 0
const DOCTYPE = 1
const ELEMENT = 2
const TEXT = 3
const CDATA = 4
const COMMENT = 5

export type SafeNode = {
  type: number
  id: number
  rootId?: number
  isShadow?: true
  childNodes?: SafeNode[]
  tagName?: string
  attributes?: Record<string, Attribute>
  isSVG?: true
  isShadowHost?: true
  isCustom?: true
  textContent?: string
  isStyle?: true
  name?: string
  publicId?: string
  systemId?: string
  compatMode?: 'BackCompat'
}

type Raw = Record<string, unknown>
type Known = { tag: string; parent: number; isSvg: boolean; isNamed: boolean }

/** They do something or load something; an element without effect takes their place, so that ids and order stay. */
const REMOVED = new Set([
  'script',
  'meta',
  'base',
  'link',
  'bgsound',
  'param',
  'discard',
  'handler',
  'listener',
  'mglyph',
  'basefont',
  'keygen',
  'isindex',
  'nextid',
  'import',
])
const BOXES = new Set([
  'object',
  'embed',
  'applet',
  'frame',
  'frameset',
  'portal',
  'fencedframe',
  'webview',
  'controlledframe',
  'browser',
  'plaintext',
])
const SHADOW_HOSTS = /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/
const CUSTOM = /^[a-z][a-z0-9]*(?:-[a-z0-9]*)+$/
const NOT_CUSTOM = new Set([
  'annotation-xml',
  'color-profile',
  'font-face',
  'font-face-src',
  'font-face-uri',
  'font-face-format',
  'font-face-name',
  'missing-glyph',
])
/** Parts of a drawing that are there to be referred to. */
const NAMED_PARTS = new Set(['symbol', 'defs', 'pattern', 'marker', 'mask', 'clippath'])
const TEXT_OF_STYLE = '#style'
const OTHER = '#other'

export const isCustomName = (tag: string): boolean => CUSTOM.test(tag) && !NOT_CUSTOM.has(tag)
const asRaw = (value: unknown): Raw | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

export class Tree {
  readonly bounds = new Set<Bound>()
  private known = new Map<number, Known>()
  private nodes = 0
  private nodesInAll = 0

  /** A snapshot begins a new page. */
  begin(): void {
    this.known = new Map()
    this.nodes = 0
  }

  get(id: number): Known | undefined {
    return this.known.get(id)
  }

  isTextOfStyle(id: number): boolean {
    return this.known.get(id)?.tag === TEXT_OF_STYLE
  }

  remove(id: number): void {
    this.known.delete(id)
  }

  /** The number of nodes above this one; undefined where it does not hang on a page. */
  depthOf(id: number): number | undefined {
    let depth = 0
    for (let at = this.known.get(id); at; at = this.known.get(at.parent)) {
      if (at.parent === 0) return depth
      if (++depth > 2 * MAX_DEPTH) return undefined
    }
    return undefined
  }

  /** A whole document, or undefined where it has no page in it. */
  document(raw: unknown, parent = 0): SafeNode | undefined {
    const root = asRaw(raw)
    const id = idOf(root?.id)
    if (!root || root.type !== DOCUMENT || id === undefined || this.depthOf(id) !== undefined) return undefined
    const node = this.build(root, id, parent, parent === 0 ? 0 : (this.depthOf(parent) ?? 0) + 1)
    if (!node?.childNodes?.some((child) => child.tagName === 'html')) return undefined
    if (root.compatMode === 'BackCompat' && node.childNodes[0]?.type !== DOCTYPE) node.compatMode = 'BackCompat'
    return node
  }

  /** A single node that is added to a known one. */
  add(raw: unknown, parent: number): SafeNode | undefined {
    const node = asRaw(raw)
    const [id, above, depth] = [idOf(node?.id), this.known.get(parent), this.depthOf(parent)]
    if (!node || id === undefined || !above || depth === undefined || this.depthOf(id) !== undefined) return undefined
    return this.build({ ...node, childNodes: [] }, id, parent, depth + 1)
  }

  /** Without recursion, since how deep it is was decided by somebody else. */
  private build(root: Raw, rootId: number, parent: number, rootDepth: number): SafeNode | undefined {
    const top = this.node(root, rootId, parent, rootDepth)
    if (!top) return undefined
    const open: { raw: Raw; node: SafeNode; depth: number }[] = [{ raw: root, node: top, depth: rootDepth }]
    for (let at = open.pop(); at; at = open.pop()) {
      const { raw, node, depth } = at
      if (!node.childNodes || !Array.isArray(raw.childNodes)) continue
      for (const child of raw.childNodes as unknown[]) {
        const childRaw = asRaw(child)
        const id = idOf(childRaw?.id)
        if (
          !childRaw ||
          id === undefined ||
          childRaw.type === DOCUMENT ||
          (this.known.has(id) && this.depthOf(id) !== undefined)
        )
          continue
        const built = this.node(childRaw, id, node.id, depth + 1)
        if (!built) continue
        node.childNodes.push(built)
        open.push({ raw: childRaw, node: built, depth: depth + 1 })
      }
    }
    return top
  }

  private node(raw: Raw, id: number, parent: number, depth: number): SafeNode | undefined {
    if (depth > MAX_DEPTH) {
      this.bounds.add('depth')
      return undefined
    }
    if (this.nodes >= MAX_NODES || this.nodesInAll >= MAX_NODES_IN_ALL) {
      this.bounds.add('nodes')
      return undefined
    }
    const above = this.known.get(parent)
    if (!mayContain(above, raw, parent)) return undefined
    const node = this.shape(raw, id, above)
    if (!node) return undefined
    this.nodes++
    this.nodesInAll++
    const rootId = idOf(raw.rootId)
    if (rootId !== undefined && this.known.has(rootId)) node.rootId = rootId
    if (raw.isShadow === true && node.type === ELEMENT) node.isShadow = true
    const tag =
      node.type === ELEMENT
        ? (node.tagName as string)
        : node.isStyle
          ? TEXT_OF_STYLE
          : node.type === DOCUMENT
            ? '#document'
            : node.type === TEXT
              ? '#text'
              : OTHER
    const isNamed = node.attributes?.id !== undefined || NAMED_PARTS.has(tag)
    this.known.set(id, { tag, parent, isSvg: node.isSVG === true, isNamed })
    if (tag === 'use' && this.isPartOfNamed(parent)) node.attributes = {}
    return node
  }

  /** A copy within what is copied doubles it each time. */
  isPartOfNamed(parent: number): boolean {
    for (let at = this.known.get(parent); at?.isSvg; at = this.known.get(at.parent)) if (at.isNamed) return true
    return false
  }

  private shape(raw: Raw, id: number, above: Known | undefined): SafeNode | undefined {
    switch (raw.type) {
      case DOCUMENT:
        return { type: DOCUMENT, id, childNodes: [] }
      case DOCTYPE:
        return { type: DOCTYPE, id, name: 'html', publicId: '', systemId: '' }
      case ELEMENT:
        return element(raw, id)
      case TEXT:
      case CDATA: {
        const text = asText(raw.textContent)
        // A comment ends the piece: what another text of the same style begins with is no part of its last word.
        return above?.tag === 'style'
          ? { type: TEXT, id, textContent: `${sanitizeCss(text)}/**/`, isStyle: true }
          : { type: TEXT, id, textContent: text }
      }
      case COMMENT:
        return { type: COMMENT, id, textContent: '' }
      default:
        return undefined
    }
  }
}

/** What the DOM would refuse, which would end the replay. */
function mayContain(above: Known | undefined, raw: Raw, parent: number): boolean {
  if (parent === 0) return raw.type === DOCUMENT
  if (!above || above.tag.startsWith('#')) {
    if (above?.tag !== '#document') return false
    return (
      raw.type === DOCTYPE ||
      raw.type === COMMENT ||
      (raw.type === ELEMENT && String(raw.tagName).toLowerCase() === 'html' && raw.isSVG !== true)
    )
  }
  if (above.tag === 'iframe') return raw.type === DOCUMENT
  if (above.tag === 'style') return raw.type === TEXT || raw.type === CDATA
  if (raw.isShadow === true && !(SHADOW_HOSTS.test(above.tag) || isCustomName(above.tag))) return false
  return raw.type !== DOCUMENT && raw.type !== DOCTYPE
}

function element(raw: Raw, id: number): SafeNode {
  const given = asText(raw.tagName).toLowerCase()
  const tag = /^[a-z][a-z0-9-]{0,60}$/.test(given) && !(given in Object.prototype) ? given : 'span'
  const isSvg = raw.isSVG === true
  const all = asRaw(raw.attributes) ?? {}
  if (tag === 'link' && typeof all._cssText === 'string') {
    const media = typeof all.media === 'string' ? { media: all.media } : {}
    return {
      type: ELEMENT,
      id,
      tagName: 'style',
      attributes: { _cssText: sanitizeCss(all._cssText), ...media },
      childNodes: [],
    }
  }
  if (REMOVED.has(tag)) return { type: ELEMENT, id, tagName: 'noscript', attributes: {}, childNodes: [] }
  if (BOXES.has(tag))
    return {
      type: ELEMENT,
      id,
      tagName: 'img',
      attributes: { ...sanitizeAttributes('div', false, all), src: greyBox(all.width, all.height) },
      childNodes: [],
    }
  const node: SafeNode = {
    type: ELEMENT,
    id,
    tagName: tag,
    attributes: sanitizeAttributes(tag, isSvg, all),
    childNodes: [],
  }
  if (isSvg) node.isSVG = true
  else if (raw.isShadowHost === true && (SHADOW_HOSTS.test(tag) || isCustomName(tag))) node.isShadowHost = true
  if (raw.isCustom === true && !isSvg && isCustomName(tag)) node.isCustom = true
  return node
}
