// The two ways out of a page: a fetch that can be answered, and a beacon that cannot.

export const canPost = (): boolean => typeof fetch === 'function'

/** Browsers without `keepalive` ignore the wish and cut the request off with the page. */
const canOutlivePage = (): boolean => canPost() && 'keepalive' in Request.prototype

/**
 * Rejects when there is no answer or no room, and never settles after a beacon: one that the browser took is
 * not one that arrived. A string is sent as `text/plain;charset=UTF-8`, which needs no preflight: a preflight cannot
 * finish while a page goes away. `keepalive` outlives the page.
 */
export const post = (url: string, body: string, keepalive: boolean): Promise<Response> =>
  keepalive && !canOutlivePage()
    ? new Promise((_, reject) => navigator.sendBeacon(url, body) || reject())
    : fetch(url, { method: 'POST', body, mode: 'cors', credentials: 'omit', keepalive })
