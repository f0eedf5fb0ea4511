// The sizes that make a click's place comparable between screens.

export interface PageSize {
  viewport_width: number
  viewport_height: number
  document_width: number
  document_height: number
}

export const pageSize = (): PageSize => {
  const { scrollWidth, scrollHeight } = document.documentElement
  return {
    viewport_width: innerWidth,
    viewport_height: innerHeight,
    document_width: scrollWidth,
    document_height: scrollHeight,
  }
}
