// Attributes of recorded elements, made harmless: no handlers, no address that asks anybody, no style that does.
import { isHarmless, sanitizeCss } from './css'

export type Attribute = string | number | boolean | null

const NAME = /^[a-z_][\w.:-]*$/i
/** They act on the page that shows the recording, or ask somebody. */
const DROPPED = new Set([
  'srcset',
  'imagesrcset',
  'ping',
  'background',
  'formaction',
  'action',
  'manifest',
  'http-equiv',
  'srcdoc',
  'data',
  'code',
  'codebase',
  'archive',
  'classid',
  'lowsrc',
  'dynsrc',
  'longdesc',
  'cite',
  'profile',
  'nonce',
  'integrity',
  'autofocus',
  'autoplay',
  'attributionsrc',
  'attributiondestination',
  'allow',
  'sandbox',
  'csp',
  'is',
  'target',
  'formtarget',
  'download',
  'shadowrootmode',
  'shadowroot',
  'popovertarget',
  'commandfor',
  'command',
  'invoketarget',
  'itemid',
  'itemtype',
  'usemap',
  'xml:base',
  'xmlns',
  'rr_src',
  'rr_mediastate',
  'rr_mediacurrenttime',
  'rr_mediaplaybackrate',
  'rr_mediamuted',
  'rr_medialoop',
  'rr_mediavolume',
  'preload',
  'content',
  'as',
  'elementtiming',
  'interestfor',
  'interesttarget',
  'form',
  'dirname',
])
/** Elements whose name hides a property of the document. */
const NAMED = new Set(['img', 'form', 'iframe', 'embed', 'object', 'image'])
/** Texts, in which a bracket is a bracket. */
const TEXTS =
  /^(?:class|id|title|alt|placeholder|value|label|lang|type|name|for|d|points|transform|gradienttransform|patterntransform|viewbox|data-.*|aria-.*)$/
const ADDRESS = /^(?:.*:)?(?:src|href|poster|icon|lowsrc)$/
/** What an animation may change: nothing that holds an address. */
const ANIMATED =
  /^(?:x|y|cx|cy|r|rx|ry|d|x1|x2|y1|y2|dx|dy|points|width|height|opacity|fill|stroke|offset|transform|visibility|display|viewbox|fill-opacity|stroke-(?:width|opacity|dasharray|dashoffset)|stop-(?:color|opacity))$/i
const SIZE = /^-?[\d.]{1,12}(?:px|%|em|rem|vh|vw)?$/
const GREY = '#9a9aa6'

/** Browsers leave out control characters and blanks before they read a scheme. */
function scheme(value: string): string {
  // eslint-disable-next-line no-control-regex
  return value
    .replace(/[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\ufeff]/g, '')
    .slice(0, 40)
    .toLowerCase()
}

function isAddressOfCode(value: string): boolean {
  return /^(?:(?:java|vb|live)script|mocha|view-source|blob|filesystem|about|file):|^data:(?!image\/)/.test(
    scheme(value),
  )
}

/** A grey box in place of an image. */
export function greyBox(width: unknown, height: unknown): string {
  const size = (value: unknown, fallback: number) =>
    Math.min(8_192, Math.max(1, Math.round(Number.parseFloat(String(value))) || fallback))
  const [w, h] = [size(width, 96), size(height, 64)]
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="100%" height="100%" fill="${GREY}" fill-opacity=".35"/></svg>`)}`
}

/** All attributes of an element; names come out as they are kept in the recording. */
export function sanitizeAttributes(tag: string, isSvg: boolean, raw: unknown): Record<string, Attribute> {
  const kept: Record<string, Attribute> = {}
  if (typeof raw !== 'object' || raw === null) return kept
  const all = raw as Record<string, unknown>
  for (const name of Object.keys(all)) {
    const value = sanitizeAttribute(tag, isSvg, name, all[name], all)
    if (value !== undefined) kept[name] = value
  }
  if (tag === 'img' && kept.src === undefined && kept.rr_dataURL === undefined && ('src' in all || 'srcset' in all))
    kept.src = greyBox(all.width, all.height)
  return kept
}

/** An attribute's value as it may be set, or undefined where it may not. */
export function sanitizeAttribute(
  tag: string,
  isSvg: boolean,
  name: string,
  value: unknown,
  others: Record<string, unknown> = {},
): Attribute | undefined {
  const lower = name.toLowerCase()
  if (
    !NAME.test(name) ||
    lower.startsWith('on') ||
    lower.startsWith('_on') ||
    DROPPED.has(lower) ||
    name in Object.prototype
  )
    return undefined
  if (value === null || typeof value === 'boolean') return lower.startsWith('rr_') ? undefined : value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  if (lower.startsWith('rr_')) return ownAttribute(tag, name, value)
  if (lower === 'name' && NAMED.has(tag)) return undefined
  if (lower === 'style') return name === 'style' ? sanitizeCss(value) : undefined
  if (lower === '_csstext') return tag === 'style' && name === '_cssText' ? sanitizeCss(value) : undefined
  if (ADDRESS.test(lower)) return address(tag, isSvg, lower, value, others)
  if (lower === 'attributename') return ANIMATED.test(value) ? value : undefined
  if (TEXTS.test(lower) || lower.startsWith('data-')) return value
  if (isAddressOfCode(value)) return undefined
  if (isSvg && /^(?:values|to|from|by)$/.test(lower) && /:|\/\//.test(value)) return undefined
  return /[(\\]/.test(value) ? sanitizeCss(value) : value
}

/** What the recorder adds about sizes, scrolling and dialogs. */
function ownAttribute(tag: string, name: string, value: string): string | undefined {
  if (name === 'rr_dataURL')
    return (tag === 'img' || tag === 'canvas') && isHarmless(value) && !value.startsWith('#') ? value : undefined
  if (name === 'rr_width' || name === 'rr_height') return SIZE.test(value) ? value : undefined
  // A modal dialog would take the focus; the replay draws it as one.
  if (name === 'rr_open_mode') return tag === 'dialog' && value === 'modal' ? 'drawn' : undefined
  return undefined
}

function address(
  tag: string,
  isSvg: boolean,
  name: string,
  value: string,
  others: Record<string, unknown>,
): string | undefined {
  const own = value.trim()
  if (isSvg && own.startsWith('#')) return own
  // Nobody follows a link of a recording; without an address it would not look like one.
  if (tag === 'a' || tag === 'area') return name.endsWith('href') ? '#' : undefined
  const isImage = isHarmless(own) && !own.startsWith('#')
  if (tag === 'img' && name === 'src') return isImage ? own : greyBox(others.width, others.height)
  if (tag === 'video' && name === 'poster') return isImage ? own : greyBox(others.width, others.height)
  if (isSvg && tag === 'image' && name.endsWith('href')) return isImage ? own : greyBox(others.width, others.height)
  return tag === 'input' && name === 'src' ? (isImage ? own : greyBox(others.width, others.height)) : undefined
}

/** The changes of single style properties that a mutation holds. */
export function sanitizeStyles(raw: object): Record<string, string | false | [string, string]> {
  const kept: Record<string, string | false | [string, string]> = {}
  for (const [name, value] of Object.entries(raw)) {
    if (!/^-{0,2}[a-z][\w-]*$/i.test(name) || name in Object.prototype) continue
    if (value === false) kept[name] = false
    else if (typeof value === 'string') kept[name] = sanitizeCss(value)
    else if (Array.isArray(value) && typeof value[0] === 'string')
      kept[name] = [sanitizeCss(value[0]), value[1] === 'important' ? 'important' : '']
  }
  return kept
}
