// The overview of a project without events: what it will show, and the one step that fills it.
import { Group } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { type AnalysisSearch, activeFilters } from '../../lib/analysis'
import { LinkButton } from '../../ui/LinkButton'
import { Empty } from '../../ui/States'
import classes from './Overview.module.css'

export function FirstStep({ projectId, search }: { projectId: string; search: AnalysisSearch }) {
  const isNarrowed = activeFilters(search).length > 0
  return (
    <div className={classes.first}>
      <Empty
        icon={IconChartBar}
        title="No events in this period"
        action={
          <Group gap="xs" justify="center">
            {!isNarrowed && (
              <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} size="sm">
                Install the tracker
              </LinkButton>
            )}
            <LinkButton
              to="/p/$projectId/overview"
              params={{ projectId }}
              search={isNarrowed ? {} : { period: '90d' }}
              size="sm"
              variant="default"
            >
              {isNarrowed ? 'Remove filters' : 'Show last 90 days'}
            </LinkButton>
          </Group>
        }
      >
        {isNarrowed
          ? 'Remove the filters to see all events.'
          : 'Visitors, sessions, friction and web vitals appear here within two seconds of the first event. To send events, add one line of code to your pages.'}
      </Empty>
    </div>
  )
}
