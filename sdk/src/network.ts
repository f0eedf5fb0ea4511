// The two ways out of a page: a fetch that can be answered, and a beacon that cannot.

/**
 * Rejects when there is no answer. A string is sent as `text/plain;charset=UTF-8`, which needs no
 * preflight: a preflight cannot finish while a page goes away. `keepalive` outlives the page.
 */
export const post = (url: string, body: string, keepalive: boolean): Promise<Response> =>
  fetch(url, { method: 'POST', body, mode: 'cors', credentials: 'omit', keepalive })

export const canPost = (): boolean => typeof fetch === 'function'

/** Browsers without `keepalive` ignore the wish and cut the request off with the page. */
export const canOutlivePage = (): boolean => canPost() && 'keepalive' in Request.prototype

/** True when the browser took the body: that is no acknowledgement. */
export const beacon = (url: string, body: string): boolean => navigator.sendBeacon(url, body)
