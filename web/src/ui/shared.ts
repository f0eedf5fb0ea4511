// Whether a page is shown to somebody who is no member: what leads elsewhere or needs a member is left out then.
import { createContext } from 'react'

export const SharedContext = createContext(false)
