// Heatmap clicks.
import type { Context } from '../context'
import type { Stop } from '../lib/listen'
import { placeIn } from './place'

export const startClick = ({ bus, capture }: Context): Stop =>
  bus.on('click', ({ id, subject, element, event }) => {
    const { detail, clientX, clientY, pointerType } = event as PointerEvent
    capture({
      type: 'heatmap',
      interaction_type: 'click',
      id,
      ...subject,
      // Friction is described by it; a map is not.
      element_text: undefined,
      // The keyboard clicks without a place: the middle of what it activated is the honest one.
      ...(detail ? placeIn(element, clientX, clientY) : placeIn(element)),
      // Mouse, pen or touch: maps of fingers and of mice differ.
      ...(pointerType && { metadata: { pointer_type: pointerType } }),
    })
  })
