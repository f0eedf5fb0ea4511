// Stands in for the library's module: we report documents, not soft navigations.
export function checkSoftNavsEnabled(): void {}
export const storeSoftNavEntry = (): void => {}
