// The panel of one element or error: figures, kinds over time, where it happens, and its latest events.
import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FrictionItem } from '../../api/types'
import type { AnalysisSearch } from '../../lib/analysis'
import { frictionName, isErrorItem } from '../../lib/frictionItem'
import { LevelBadge } from '../../ui/Badges'
import { CopyIcon } from '../../ui/Copy'
import { ChangeBadge, Num } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { Facts, PanelSection, SidePanel } from '../../ui/SidePanel'
import classes from './Friction.module.css'
import { ItemAudience } from './ItemAudience'
import { ItemCost } from './ItemCost'
import { ItemEvents, ItemStack } from './ItemEvents'
import { ItemPages } from './ItemPages'
import { ItemRecordings } from './ItemRecordings'
import { FirstSeen, LastSeen } from './ItemSpan'
import { ItemTrend } from './ItemTrend'
import { itemFilter, itemPlace, scoreText } from './model'

type Props = { projectId: string; search: AnalysisSearch; item: FrictionItem; onClose: () => void }

export function ItemPanel({ projectId, search, item, onClose }: Props) {
  const narrowed = { ...search, ...itemFilter(item) }
  const title = frictionName(item)
  const { selector } = itemPlace(item)
  return (
    <SidePanel
      label={`Friction: ${title}`}
      onClose={onClose}
      title={
        <>
          <div className={classes.panelHead}>
            <h2 className={classes.panelTitle}>{title}</h2>
            {title === item.element_selector && <CopyIcon text={title} what="selector" />}
          </div>
          {selector && (
            <div className={classes.panelSelector}>
              <code>{selector}</code>
              <CopyIcon text={selector} what="selector" />
            </div>
          )}
        </>
      }
    >
      <div className={classes.panelFigures}>
        <Figure name="Score" value={scoreText(item.score)} extra={<LevelBadge level={item.severity} />} />
        <Figure
          name="Count"
          value={<Num value={item.count} />}
          extra={<ChangeBadge current={item.count} previous={item.previous_count} good="down" />}
        />
        <Figure name="Sessions" value={<Num value={item.sessions} />} />
        <Figure name="Visitors" value={<Num value={item.visitors} />} />
      </div>
      <ItemCost projectId={projectId} search={search} item={item} />
      <ItemAudience projectId={projectId} search={search} item={item} />
      <PanelSection title="Details">
        <Facts
          facts={[
            ...(item.element_text && isErrorItem(item)
              ? ([['Element text', item.element_text]] as [string, string][])
              : []),
            ['Pages', <Num key="pages" value={item.pages} />],
            ['First seen', <FirstSeen key="first" projectId={projectId} item={item} />],
            ['Last seen', <LastSeen key="last" projectId={projectId} item={item} />],
            ...(item.error_group
              ? ([['Error group', <code key="group">{item.error_group}</code>]] as [string, ReactNode][])
              : []),
          ]}
        />
      </PanelSection>
      <ItemRecordings projectId={projectId} search={search} item={item} />
      <ItemTrend projectId={projectId} search={narrowed} item={item} />
      {isErrorItem(item) && <ItemStack projectId={projectId} search={narrowed} />}
      <ItemPages projectId={projectId} search={narrowed} item={item} />
      <ItemEvents projectId={projectId} search={narrowed} />
      <Group grow gap="xs" mt="md">
        {item.error_group != null && isErrorItem(item) && (
          <LinkButton
            to="/p/$projectId/errors/$errorGroup"
            params={{ projectId, errorGroup: item.error_group }}
            search={search}
          >
            Show error
          </LinkButton>
        )}
        <LinkButton
          to="/p/$projectId/events"
          params={{ projectId }}
          search={{ ...narrowed, only: 'friction' }}
          variant="default"
        >
          Show in events
        </LinkButton>
        <LinkButton to="/p/$projectId/sessions" params={{ projectId }} search={narrowed} variant="default">
          Show sessions
        </LinkButton>
      </Group>
    </SidePanel>
  )
}

function Figure({ name, value, extra }: { name: string; value: ReactNode; extra?: ReactNode }) {
  return (
    <div>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue}>{value}</span>
      {extra}
    </div>
  )
}
