// Entry of `footfall-screenshot.js`: a picture of what is on the screen, masked and small.
import { domToBlob } from 'modern-screenshot'
import type { Host } from '../recorder/host'
import { createMasks } from '../recorder/masks'

const MAX_WIDTH_PX = 1024
const MAX_BYTES = 2 * 1024 * 1024

const mask = (node: Node, text: (text: string, element: Element | null) => string): void => {
  for (const child of Array.from(node.childNodes)) {
    if (child.nodeType === Node.TEXT_NODE) {
      const element = child.parentElement
      if (!element || !/^(style|script)$/i.test(element.tagName)) child.nodeValue = text(child.nodeValue || '', element)
    } else mask(child, text)
  }
}

/** The copy of a page is masked before it is drawn; nothing is fetched for it. */
export const takeScreenshot = async (host: Host): Promise<Blob | undefined> => {
  const masks = createMasks(host.setting('mask', ''), host.setting('unmask', ''), host.setting('block', ''))
  const { innerWidth: width, innerHeight: height, scrollX, scrollY } = window
  const begun = performance.now()
  const blob = await domToBlob(document.documentElement, {
    width,
    height,
    scale: Math.min(1, MAX_WIDTH_PX / width),
    backgroundColor: '#fff',
    type: 'image/png',
    font: false,
    style: { transform: `translate(${-scrollX}px, ${-scrollY}px)`, transformOrigin: '0 0' },
    filter: (node) => !(node instanceof Element) || !/^(script|noscript|template)$/i.test(node.tagName),
    fetchFn: async () => 'data:,',
    onCloneEachNode: (copy) => {
      if (!(copy instanceof Element)) return
      for (const name of ['value', 'placeholder', 'src', 'srcset', 'alt', 'title']) copy.removeAttribute(name)
      if (copy.matches(masks.blocked)) {
        copy.replaceChildren()
        ;(copy as HTMLElement).style.background = '#ddd'
      }
    },
    onCloneNode: (copy) => mask(copy, masks.text),
  })
  host.spend(performance.now() - begun)
  return blob && blob.size <= MAX_BYTES ? blob : undefined
}
