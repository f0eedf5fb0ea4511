// A column of the board: its count and deal values, and its contacts page by page.
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type PointerEvent, useRef } from 'react'
import { uniqueRows } from '../../../api/question'
import type { Contact } from '../../../api/types'
import { money, shortMoney } from '../../../lib/locale'
import { Num } from '../../../ui/Figures'
import { Result } from '../../../ui/Result'
import { RowsSkeleton } from '../../../ui/States'
import { shortStatus, statusTone } from '../contacts/model'
import { columnQuery } from './api'
import classes from './Board.module.css'
import { ContactCard } from './ContactCard'

type Stage = { contacts: number; deal_value: { amount: string; currency: string }[] }

type Props = {
  projectId: string
  status: string
  statuses: string[]
  stage: Stage | undefined
  search: string | undefined
  openId: string | undefined
  draggedId: string | undefined
  isOver: boolean
  onPress: (contact: Contact) => (event: PointerEvent) => void
  onOpen: (id: string) => void
  onMove: (contact: Contact, to: string) => void
  onKeyMove: (contact: Contact, step: -1 | 1) => void
}

export function BoardColumn({
  projectId,
  status,
  statuses,
  stage,
  search,
  openId,
  draggedId,
  isOver,
  onPress,
  onOpen,
  onMove,
  onKeyMove,
}: Props) {
  const contacts = useInfiniteQuery(columnQuery(projectId, status, search))
  const rows = uniqueRows(contacts.data?.pages.map((page) => page.contacts) ?? [], ({ id }) => id)
  const list = useRef<HTMLUListElement>(null)
  const deals = stage?.deal_value ?? []
  const focusBeside = (index: number, step: -1 | 1) =>
    list.current?.querySelectorAll<HTMLElement>('[data-contact]')[index + step]?.focus()
  return (
    <section className={classes.column} data-column={status} data-over={isOver || undefined} aria-label={status}>
      <header className={classes.head}>
        <h3 className={classes.name} title={status}>
          <i className={classes.dot} data-tone={statusTone(status)} />
          <span>{shortStatus(status)}</span>
        </h3>
        <span className={classes.count}>
          <Num value={stage?.contacts ?? 0} />
        </span>
        <span
          className={classes.deals}
          title={deals.map(({ amount, currency }) => money(Number(amount), currency)).join(', ') || undefined}
        >
          {deals.length > 0
            ? deals.map(({ amount, currency }) => shortMoney(Number(amount), currency)).join(' + ')
            : 'No deals'}
        </span>
      </header>
      <Result what="The contacts" question={contacts} skeleton={<RowsSkeleton rows={4} />}>
        {() =>
          rows.length === 0 ? (
            <p className={classes.empty}>{search === undefined ? 'No contacts' : 'None found'}</p>
          ) : (
            <ul ref={list} className={classes.cards}>
              {rows.map((contact, index) => (
                <ContactCard
                  key={contact.id}
                  contact={contact}
                  statuses={statuses}
                  isOpen={contact.id === openId}
                  isDragged={contact.id === draggedId}
                  onPress={onPress(contact)}
                  onOpen={() => onOpen(contact.id)}
                  onMove={(to) => onMove(contact, to)}
                  onKeyMove={(step) => onKeyMove(contact, step)}
                  onStep={(step) => focusBeside(index, step)}
                />
              ))}
            </ul>
          )
        }
      </Result>
      {contacts.hasNextPage && (
        <Button
          className={classes.more ?? ''}
          variant="subtle"
          size="compact-sm"
          loading={contacts.isFetchingNextPage}
          onClick={() => void contacts.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  )
}
