// A page at a step: its sessions, loss, friction and conversions; chosen, it becomes the start or leads to its sessions.
import { Menu, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconArrowRight, IconFootsteps, IconListDetails } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { useRole } from '../../api/useRole'
import { exactNumber, percent, shortNumber } from '../../lib/format'
import type { Journeys } from './api'
import { endedText, markLevel, nextOf, nodeName, shareOf, stepName } from './figures'
import classes from './Journeys.module.css'
import type { NodeId } from './layout'
import { DEFAULTS, type Direction, type JourneySearch, sessionsOf, TOP_COUNTS, withJourney } from './model'

/** What all nodes of a journey share. */
export type NodeContext = {
  projectId: string
  search: JourneySearch
  answer: Journeys
  direction: Direction
  onShow: (next: (search: JourneySearch) => JourneySearch) => void
}

type Props = {
  context: NodeContext
  node: NodeId
  className: string | undefined
  style?: CSSProperties
  isDim?: boolean
  children?: ReactNode
}

export function NodeButton({ context, node: id, className, style, isDim = false, children }: Props) {
  const { answer, direction } = context
  const node = answer.steps[id.step]?.nodes[id.index]
  if (!node) return null
  const marks = marksOf(context, id)
  const ended = endedText(node, direction)
  return (
    <Menu position="bottom-start" withinPortal>
      <Tooltip
        label={<Details context={context} id={id} />}
        position="right"
        openDelay={350}
        events={{ hover: true, focus: true, touch: false }}
      >
        <Menu.Target>
          <button
            type="button"
            className={className}
            style={style}
            data-dim={isDim || undefined}
            data-others={node.path == null || undefined}
          >
            {children}
            <VisuallyHidden>
              {[
                nodeName(node),
                stepName(id.step, direction, context.search.start),
                `${exactNumber(node.sessions)} sessions`,
                ended,
                ...marks,
              ]
                .filter(Boolean)
                .join(', ')}
            </VisuallyHidden>
            <span className={classes.label} aria-hidden>
              <span className={classes.name}>{nodeName(node)}</span>
              <span className={classes.facts}>
                <b>{shortNumber(node.sessions)}</b>
                {node.ended != null && node.ended > 0 && (
                  <span className={classes.left}>
                    {percent(node.ended / node.sessions)}
                    <span className={classes.word}> {direction === 'forward' ? 'left' : 'began'}</span>
                  </span>
                )}
                <i
                  className={classes.mark}
                  data-kind="friction"
                  data-level={markLevel(node.friction_sessions, node.sessions)}
                />
                <i
                  className={classes.mark}
                  data-kind="conversion"
                  data-level={markLevel(node.converting_sessions, node.sessions)}
                />
              </span>
            </span>
          </button>
        </Menu.Target>
      </Tooltip>
      <Choices context={context} id={id} path={node.path} />
    </Menu>
  )
}

/** "12.0% with friction", "9.0% with a conversion" */
function marksOf({ answer }: NodeContext, { step, index }: NodeId): string[] {
  const node = answer.steps[step]?.nodes[index]
  const share = (part: number) => shareOf(part, node?.sessions ?? 0)
  return (
    [
      ['with friction', node?.friction_sessions ?? 0],
      ['with a conversion', node?.converting_sessions ?? 0],
    ] as const
  ).flatMap(([text, part]) => {
    const of = share(part)
    return of === null ? [] : [`${percent(of)} ${text}`]
  })
}

const NEXT_SHOWN = 3

function Details({ context, id }: { context: NodeContext; id: NodeId }) {
  const { answer, direction } = context
  const node = answer.steps[id.step]?.nodes[id.index]
  if (!node) return null
  const next = nextOf(answer, id.step, id.index).slice(0, NEXT_SHOWN)
  const share = shareOf(node.sessions, answer.sessions)
  return (
    <div className={classes.details}>
      <b>{nodeName(node)}</b>
      <div>
        {exactNumber(node.sessions)} sessions{share !== null && `, ${percent(share)} of all`}
      </div>
      <div>{endedText(node, direction)}</div>
      {marksOf(context, id).map((text) => (
        <div key={text}>{text}</div>
      ))}
      {next.length > 0 && <div className={classes.detailsHead}>{direction === 'forward' ? 'Next' : 'Before'}</div>}
      {next.map(({ name, sessions, share: part }) => (
        <div key={name}>
          {name}: {exactNumber(sessions)} ({percent(part)})
        </div>
      ))}
    </div>
  )
}

function Choices({
  context: { projectId, search, direction, onShow },
  id,
  path,
}: {
  context: NodeContext
  id: NodeId
  path: string | null | undefined
}) {
  const navigate = useNavigate()
  const { may } = useRole(projectId)
  const shown = search.top ?? DEFAULTS.top
  const sessions = path == null ? undefined : sessionsOf(search, id.step, path)
  const more = TOP_COUNTS.find((count) => count > shown)
  return (
    <Menu.Dropdown>
      {path == null ? (
        <Menu.Item
          leftSection={<IconListDetails size={14} />}
          disabled={more === undefined}
          onClick={() => onShow((latest) => withJourney(latest, { top: more }))}
        >
          {more === undefined ? 'No more pages can be shown' : `Show ${more} pages of each step`}
        </Menu.Item>
      ) : (
        <>
          <Menu.Item
            leftSection={<IconArrowRight size={14} />}
            disabled={search.start === path && id.step === 0}
            onClick={() => onShow((latest) => withJourney(latest, { start: path }))}
          >
            {direction === 'forward' ? 'Start here' : 'End here'}
          </Menu.Item>
          {may('analyst') && sessions && (
            <Menu.Item
              leftSection={<IconFootsteps size={14} />}
              onClick={() => void navigate({ to: '/p/$projectId/sessions', params: { projectId }, search: sessions })}
            >
              {id.step === 0 ? 'See its sessions' : 'See sessions with this page'}
            </Menu.Item>
          )}
        </>
      )}
    </Menu.Dropdown>
  )
}
