// Notices answers outside the document that scripts give: a file, a dialog, a sound, the clipboard, another page.
import type { Context } from '../context'
import { all } from '../lib/all'
import { listen, type Stop } from '../lib/listen'
import { safely } from '../lib/safe'
import { wrap } from '../lib/wrap'

export const startOutside = ({ bus, isIgnored }: Context): Stop => {
  const open = (): void => bus.emit('reaction', { kind: 'open' })
  const bare = (url: string): string => url.replace(/#.*/, '')

  return all(
    ...'print alert confirm prompt'.split(' ').map((name) => wrap(window, name, open)),
    wrap(URL, 'createObjectURL', open),
    wrap(Object(navigator.clipboard), 'writeText', open),
    wrap(HTMLMediaElement.prototype, 'play', open),
    // Where the browser tells: `location.href = …` too, to pages that are slow to come and to files.
    safely(() =>
      listen<NavigateEvent>(navigation, 'navigate', ({ destination }) => {
        if (bare(destination.url) !== bare(location.href)) bus.emit('reaction', { kind: 'navigation' })
      }),
    )(),
    listen(document, 'copy reset fullscreenchange play pause volumechange', ({ target }) => {
      if (!isIgnored(target as Node)) bus.emit('reaction', { kind: 'input' })
    }),
    // A script clicks for the visitor: on a hidden file field, or on a link to what it made.
    listen(window, 'click', ({ isTrusted, target }) => isTrusted || isIgnored(target as Node) || open()),
  )
}
