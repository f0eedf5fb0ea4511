// The address of the page as the server should know it.

const URL_LENGTH = 2048

/**
 * Keeps the fragment only when it is a route (`#/cart`, `#!/cart`): other fragments are places inside
 * the page, and some carry access tokens.
 */
export const pageUrl = (): string => location.href.replace(/#(?!!?\/).*/, '').slice(0, URL_LENGTH)
