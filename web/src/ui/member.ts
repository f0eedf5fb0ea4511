// Whose dashboard it is: what is remembered for a person is kept under this id; undefined where nobody is signed in.
import { createContext } from 'react'

export const MemberContext = createContext<string | undefined>(undefined)
