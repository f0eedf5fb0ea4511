// The address of the page as the server should know it.

/** More than is sent: it is masked before it is cut. */
const URL_LENGTH = 4096

/**
 * Keeps the fragment only when it is a route (`#/cart`, `#!/cart`): other fragments are places inside
 * the page, and some carry access tokens.
 */
export const pageUrl = (): string => location.href.replace(/#(?!!?\/).*/, '').slice(0, URL_LENGTH)
