// Four decimals: finer than a pixel in an element, or than a clock.
export const round = (value: number): number => Math.round(value * 1e4) / 1e4
