// Entry of `footfall-more.js`: what can come a moment later, because nothing it reports is missed by then.
import type { Context } from '../context'
import type { Mask } from '../envelope'
import { all } from '../lib/all'
import type { Stop } from '../lib/listen'
import { maskField } from '../lib/mask-field'
import { safely, shareBusy } from '../lib/safe'
import type { Settings } from '../settings'
import { startForm } from '../signals/form'
import { startFormProgress } from '../signals/form-progress'
import { startMove } from '../signals/move'
import { startOutside } from '../signals/outside'
import { startRecording } from '../signals/recording'
import { startScroll } from '../signals/scroll'
import { startSilent } from '../signals/silent'
import { startThrashing } from '../signals/thrashing'
import { startVitals } from '../signals/vitals'

export const createMask =
  (settings: Settings): Mask =>
  (name, text) =>
    maskField(name, text, settings.get('query_parameters', ''))

export const startMore = (context: Context): Stop => {
  shareBusy(context.busy)
  return all(
    ...[
      startVitals,
      startOutside,
      startSilent,
      startForm,
      startFormProgress,
      startScroll,
      startMove,
      startThrashing,
      startRecording,
    ].map((start) => safely(start)(context)),
  )
}
