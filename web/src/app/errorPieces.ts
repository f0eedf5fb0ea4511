// The parts of an error's page as pieces of boards, with what they show of other features.
import { groupPieces } from '../features/errors/groupPieces'
import { CostFinding } from '../features/friction/ItemCost'

export const PIECES = groupPieces({ Cost: CostFinding })
