// The page of an error, with the parts of other features that it shows.
import { ErrorGroupPage } from '../features/errors/GroupPage'
import type { ErrorParts } from '../features/errors/parts'
import { CostFinding } from '../features/friction/ItemCost'

const PARTS: ErrorParts = { Cost: CostFinding }

export function ErrorView() {
  return <ErrorGroupPage parts={PARTS} />
}
