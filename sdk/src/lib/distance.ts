// How far two pointer events are apart, in pixels.
export const distance = (a: MouseEvent, b: MouseEvent): number =>
  Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
