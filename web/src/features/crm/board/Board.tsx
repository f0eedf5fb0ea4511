// The pipeline as a board: a column for each status, and contacts that are moved between them by pointer, keys or menu.
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Contact } from '../../../api/types'
import { Result } from '../../../ui/Result'
import { CardSkeleton } from '../../../ui/States'
import { pipelineQuery } from '../contacts/api'
import { contactName, statusesOf } from '../contacts/model'
import { useMove } from './api'
import classes from './Board.module.css'
import { BoardColumn } from './BoardColumn'
import { CardText } from './ContactCard'
import { statusBeside } from './model'
import { useDrag } from './useDrag'

type Props = { projectId: string; search: string | undefined; openId: string | undefined; onOpen: (id: string) => void }

export function Board({ projectId, search, openId, onOpen }: Props) {
  const pipeline = useQuery(pipelineQuery(projectId))
  return (
    <Result isFramed what="The pipeline" question={pipeline} skeleton={<CardSkeleton height={420} />}>
      {({ stages }) => (
        <Columns
          projectId={projectId}
          search={search}
          openId={openId}
          onOpen={onOpen}
          statuses={statusesOf(stages)}
          stages={stages}
        />
      )}
    </Result>
  )
}

type ColumnsProps = Props & {
  statuses: string[]
  stages: { lead_status: string; contacts: number; deal_value: { amount: string; currency: string }[] }[]
}

function Columns({ projectId, search, openId, onOpen, statuses, stages }: ColumnsProps) {
  const { move } = useMove(projectId, search)
  const [announced, setAnnounced] = useState('')
  const board = useRef<HTMLDivElement>(null)

  function moveTo(contact: Contact, to: string | undefined) {
    if (to === undefined || to === contact.lead_status) return
    setAnnounced(`${contactName(contact)} moved to ${to}`)
    move(contact, to)
  }

  const { drag, press } = useDrag<Contact>(moveTo)

  /** The card moves to another column, which draws it again; there it gets the focus back. */
  function moveByKey(contact: Contact, step: -1 | 1) {
    const to = statusBeside(statuses, contact.lead_status, step)
    if (to === undefined) return
    moveTo(contact, to)
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        board.current?.querySelector<HTMLElement>(`[data-contact="${CSS.escape(contact.id)}"]`)?.focus(),
      ),
    )
  }

  return (
    <>
      <p className={classes.help} id="board-help">
        Drag a contact to another status, or press the left and right arrow keys on it. A status set by hand stays until
        a later event whose rule gives another.
      </p>
      <div
        ref={board}
        className={classes.board}
        data-dragging={drag !== undefined || undefined}
        role="region"
        aria-label="Pipeline board"
        tabIndex={0}
      >
        {statuses.map((status) => (
          <BoardColumn
            key={status}
            projectId={projectId}
            status={status}
            statuses={statuses}
            stage={stages.find((stage) => stage.lead_status === status)}
            search={search}
            openId={openId}
            draggedId={drag?.item.id}
            isOver={drag !== undefined && drag.over === status && drag.item.lead_status !== status}
            onPress={press}
            onOpen={onOpen}
            onMove={moveTo}
            onKeyMove={moveByKey}
          />
        ))}
      </div>
      {drag && (
        <div className={classes.ghost} style={{ transform: `translate(${drag.x + 8}px, ${drag.y + 8}px)` }} aria-hidden>
          <CardText contact={drag.item} />
        </div>
      )}
      <span className={classes.announced} role="status">
        {announced}
      </span>
    </>
  )
}
