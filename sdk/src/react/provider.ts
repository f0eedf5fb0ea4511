// Hands the client to the hooks below it. Without one they do nothing, so that parts can be shown alone.
import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react'
import type { Footfall } from '../footfall'

const FootfallContext = createContext<Footfall | undefined>(undefined)

export interface FootfallProviderProps {
  footfall: Footfall
  children?: ReactNode
}

export const FootfallProvider = ({ footfall, children }: FootfallProviderProps): ReactElement =>
  createElement(FootfallContext.Provider, { value: footfall }, children)

export const useFootfall = (): Footfall | undefined => useContext(FootfallContext)
