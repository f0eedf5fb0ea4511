// What an error's page shows of other features; the app hands it in.
import type { ComponentType } from 'react'
import type { AnalysisSearch } from '../../lib/analysis'
import type { FrictionIdentity } from '../../lib/frictionItem'

export type ErrorParts = { Cost: ComponentType<{ projectId: string; search: AnalysisSearch; item: FrictionIdentity }> }
