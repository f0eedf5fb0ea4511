// One card of a board: its piece with the period and filters of both, or calmly why it cannot be shown.

import { ActionIcon } from '@mantine/core'
import { IconArrowUpRight, IconLayoutOff, IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { CatchBoundary, type ErrorComponentProps, Link, useNavigate } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useRole } from '../../api/useRole'
import { type AnalysisSearch, parseAnalysis } from '../../lib/analysis'
import { ROLE_LABELS, type RoleName } from '../../lib/roles'
import { Card } from '../../ui/Card'
import { describe, Result } from '../../ui/Result'
import { BlockSkeleton, Empty, Failure } from '../../ui/States'
import { SharedContext } from '../../ui/shared'
import { CardEndContext, type Piece, type PieceProps, TileContext } from '../../ui/tile'
import { toastDone } from '../../ui/toast'
import type { BoardCard } from './api'
import classes from './Boards.module.css'
import { areaOf, type BoardParts, type PieceArea, pageOf, piecesQuery } from './catalogue'
import { periodLabel, readSearch, searchOn } from './model'

type Props = {
  projectId: string
  card: BoardCard
  /** The board's own period and filters. */
  search: AnalysisSearch
  room: number
  parts: BoardParts
  isEdited?: boolean
}

export function Tile({ projectId, card, search, room, parts, isEdited = false }: Props) {
  const { ref, isNear } = useNear()
  const area = areaOf(parts.areas, card.piece)
  const raw = useMemo(() => {
    const own = readSearch(card.search)
    return area?.followsBoard ? searchOn(search, own) : own
  }, [card.search, search, area])
  const label = area?.followsBoard ? periodLabel(readSearch(card.search)) : null
  const tile = useMemo(() => ({ title: card.title ?? null, room }), [card.title, room])
  const end = useMemo(
    () => ({ projectId, area, search: raw, label, isEdited }),
    [projectId, area, raw, label, isEdited],
  )
  return (
    <div ref={ref} className={classes.tile}>
      <TileContext value={tile}>
        <EndContext value={end}>
          <CardEndContext value={TileEnd}>
            <CatchBoundary getResetKey={() => `${card.piece} ${card.search}`} errorComponent={Broken}>
              <Content projectId={projectId} card={card} area={area} search={raw} isNear={isNear} parts={parts} />
            </CatchBoundary>
          </CardEndContext>
        </EndContext>
      </TileContext>
    </div>
  )
}

type ContentProps = {
  projectId: string
  card: BoardCard
  area: PieceArea | undefined
  search: Record<string, unknown>
  isNear: boolean
  parts: BoardParts
}

function Content({ projectId, card, area, search, isNear, parts: { Compared } }: ContentProps) {
  const { role, may } = useRole(projectId)
  const isShared = useContext(SharedContext)
  const navigate = useNavigate()
  const mayRead = role === undefined || area === undefined || may(area.needed)
  const isPart = !isShared || area?.isShared === true
  const pieces = useQuery({ ...piecesQuery(area), enabled: area !== undefined && isNear && mayRead && isPart })
  const title = card.title ?? nameOf(card.piece)
  const analysis = useMemo(() => parseAnalysis(search), [search])

  function show(next: object) {
    if (isShared) return toastDone('Only this board was shared with you')
    if (area) void navigate(pageOf(area, projectId, search, next))
  }

  if (!area) return <Gone title={title} />
  if (!isPart) return <NotShared title={card.title ?? area.label} />
  if (!mayRead) return <NotForRole title={card.title ?? area.label} what={area.label} needed={area.needed} />
  const height = card.width === 1 ? 66 : 240
  if (!isNear)
    return (
      <Card title={title}>
        <div style={{ height }} />
      </Card>
    )
  if (pieces.data === undefined)
    return (
      <Card title={title}>
        <Result what="The card" question={pieces} skeleton={<BlockSkeleton height={height} />}>
          {() => null}
        </Result>
      </Card>
    )
  const piece = pieces.data.find(({ id }) => id === card.piece)
  if (!piece) return <Gone title={title} />
  if (piece.needed && role !== undefined && !may(piece.needed))
    return <NotForRole title={card.title ?? piece.title} what={piece.title} needed={piece.needed} />
  if (isShared && piece.isForMembers) return <NotShared title={card.title ?? piece.title} />
  return (
    <Compared projectId={projectId} search={analysis}>
      <Shown piece={piece} projectId={projectId} search={search} onShow={show} />
    </Compared>
  )
}

function Shown({ piece: { component: Component }, ...props }: { piece: Piece } & PieceProps) {
  return <Component {...props} />
}

function NotForRole({ title, what, needed }: { title: string; what: string; needed: RoleName }) {
  return (
    <Card title={title}>
      <Empty icon={IconLock} title="Not for your role">
        {what} is for {ROLE_LABELS[needed].toLowerCase()}s and above.
      </Empty>
    </Card>
  )
}

function Gone({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Empty icon={IconLayoutOff} title="No longer available">
        This version of Footfall has no such card. The others are not affected.
      </Empty>
    </Card>
  )
}

function NotShared({ title }: { title: string }) {
  return (
    <Card title={title}>
      <Empty icon={IconLock} title="Not part of shared boards" />
    </Card>
  )
}

function Broken({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <Card title="Card">
      <Failure what="The card" problem={describe(error as Error)} onRetry={reset} />
    </Card>
  )
}

/** "performance.load-time" as words, until the piece itself is there. */
function nameOf(piece: string): string {
  const words = piece.slice(piece.indexOf('.') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

type End = {
  projectId: string
  area: PieceArea | undefined
  search: Record<string, unknown>
  label: string | null
  isEdited: boolean
}
const EndContext = createContext<End | null>(null)

/** The card's own period, and the way to its page. */
function TileEnd() {
  const end = useContext(EndContext)
  const isShared = useContext(SharedContext)
  if (!end) return null
  const { projectId, area, search, label, isEdited } = end
  return (
    <>
      {label && (
        <span className={classes.ownPeriod} title="This card keeps its own period">
          {label}
        </span>
      )}
      {area && !isShared && !isEdited && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          data-quiet
          aria-label={`Open in ${area.label}`}
          title={`Open in ${area.label}`}
          renderRoot={(props) => <Link {...props} {...pageOf(area, projectId, search)} />}
        >
          <IconArrowUpRight size={15} />
        </ActionIcon>
      )}
    </>
  )
}

/** Cards further down ask when they come near the window. */
const NEAR = '500px'

function useNear() {
  const ref = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element || isNear) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true)
      },
      { rootMargin: NEAR },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [isNear])
  return { ref, isNear }
}
