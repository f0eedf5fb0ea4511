// A contact on the board: opened, dragged, moved by arrow keys or by its menu.
import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsHorizontal } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Contact } from '../../../api/types'
import { PersonLink } from '../../../ui/PersonLink'
import { Sums, When } from '../../../ui/When'
import { StatusBadge } from '../contacts/columns'
import { contactName } from '../contacts/model'
import classes from './Board.module.css'

type Props = {
  contact: Contact
  statuses: string[]
  isOpen: boolean
  isDragged: boolean
  onPress: (event: PointerEvent) => void
  onOpen: () => void
  onMove: (to: string) => void
  onKeyMove: (step: -1 | 1) => void
  /** To the card above or below. */
  onStep: (step: -1 | 1) => void
}

export function ContactCard({
  contact,
  statuses,
  isOpen,
  isDragged,
  onPress,
  onOpen,
  onMove,
  onKeyMove,
  onStep,
}: Props) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const side = ({ ArrowLeft: -1, ArrowRight: 1 } as const)[event.key as 'ArrowLeft' | 'ArrowRight']
    const step = ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key as 'ArrowUp' | 'ArrowDown']
    if (side === undefined && step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (side !== undefined) onKeyMove(side)
    else if (step !== undefined) onStep(step)
    else onOpen()
  }
  const name = contactName(contact)
  return (
    <li
      className={classes.card}
      data-contact={contact.id}
      data-open={isOpen || undefined}
      data-dragged={isDragged || undefined}
      tabIndex={0}
      aria-describedby="board-help"
      onPointerDown={onPress}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      <CardText contact={contact} isLink />
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon
            size="sm"
            className={classes.menu ?? ''}
            aria-label={`Move ${name} to another status`}
            title="Move"
            onClick={(event) => event.stopPropagation()}
          >
            <IconArrowsHorizontal size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
          <Menu.Label>Move to</Menu.Label>
          {statuses.map((status) => (
            <Menu.Item key={status} disabled={status === contact.lead_status} onClick={() => onMove(status)}>
              <StatusBadge status={status} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

export function CardText({ contact, isLink = false }: { contact: Contact; isLink?: boolean }) {
  const name = contactName(contact)
  const deal = contact.estimated_deal_value
  return (
    <div className={classes.text}>
      <span className={classes.who}>{isLink ? <PersonLink personId={contact.id}>{name}</PersonLink> : name}</span>
      <span className={classes.line}>
        {deal && (
          <b>
            <Sums sums={[deal]} />
          </b>
        )}
        {contact.lead_score != null && <span title="Lead score">Score {contact.lead_score}</span>}
        <When at={contact.last_activity ?? contact.created_at} />
      </span>
    </div>
  )
}
