// The next steps where a period has no data: install the tracker, or look at a longer time.
import { Button, Group } from '@mantine/core'
import { LinkButton } from './LinkButton'

export function NoDataActions({ projectId, onLonger }: { projectId: string; onLonger: () => void }) {
  return (
    <Group gap="xs" justify="center">
      <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} size="sm">
        Install the tracker
      </LinkButton>
      <Button variant="default" size="sm" onClick={onLonger}>
        Show last 90 days
      </Button>
    </Group>
  )
}
