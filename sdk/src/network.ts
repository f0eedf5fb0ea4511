// The two ways out of a page: a fetch that can be answered, and a beacon that cannot.

/**
 * `keepalive` outlives the page. Browsers without it ignore the wish and cut the request off with the page: they get a
 * beacon, as do those without fetch.
 *
 * Rejects when there is no answer or no room, and never settles after a beacon: one that the browser took is
 * not one that arrived. A string is sent as `text/plain;charset=UTF-8`, which needs no preflight: a preflight cannot
 * finish while a page goes away.
 */
export const post = (url: string, body: string, keepalive: boolean): Promise<Response> =>
  keepalive && !(!!window.fetch && 'keepalive' in Request.prototype)
    ? new Promise((_, reject) => navigator.sendBeacon(url, body) || reject())
    : fetch(url, { method: 'POST', body, credentials: 'omit', keepalive })
