// Why a customer has the score they have, and the ways to them.
import { useQuery } from '@tanstack/react-query'
import { useRole } from '../../../api/useRole'
import { LinkButton } from '../../../ui/LinkButton'
import { SidePanel } from '../../../ui/SidePanel'
import { scoreQuery } from '../contacts/api'
import { ScoreSection } from '../contacts/ScoreSection'
import classes from './Scores.module.css'

type Props = { projectId: string; userId: string; onClose: () => void }

export function ScorePanel({ projectId, userId, onClose }: Props) {
  const { may } = useRole(projectId)
  const score = useQuery(scoreQuery(projectId, userId))
  return (
    <SidePanel
      label={`Lead score of ${userId}`}
      onClose={onClose}
      title={<h2 className={classes.panelTitle}>{userId}</h2>}
    >
      <ScoreSection projectId={projectId} score={score} before={null} />
      <div className={classes.links}>
        <LinkButton
          to="/p/$projectId/customers"
          params={{ projectId }}
          search={{ open: userId }}
          variant="default"
          size="compact-sm"
        >
          Open the customer
        </LinkButton>
        {may('analyst') && (
          <LinkButton
            to="/p/$projectId/people/$personId"
            params={{ projectId, personId: userId }}
            variant="default"
            size="compact-sm"
          >
            Open person
          </LinkButton>
        )}
      </div>
    </SidePanel>
  )
}
