// For endpoints that take one event a request.

/** More than these leave a page no requests at once: the rest, which is older, waits for the next page. */
const MOST = 10

export const singles = <E>(events: E[]): E[][] => events.slice(-MOST).map((event) => [event])
