// The answers of the contracts' endpoints that asking again will not change.

/** Not 404: a server that is being replaced answers it, too. */
export const FINAL = /^4(0[013]|15|22)/
/** Where 404 has a meaning: no such widget, no such session. */
export const FINAL_OR_UNKNOWN = /^4(0[0134]|15|22)/
