// Stands in for the library's module: we report documents, not soft navigations.
export const checkSoftNavsEnabled = (): boolean => false
export const storeSoftNavEntry = (): void => {}
