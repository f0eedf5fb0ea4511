// What can be put on a board, by the area whose page has it.
import { Modal, TextInput, VisuallyHidden } from '@mantine/core'
import { type Icon, IconChartLine, IconCheck, IconNumbers, IconPlus, IconSearch, IconTable } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useRole } from '../../api/useRole'
import { Result } from '../../ui/Result'
import { Empty, RowsSkeleton } from '../../ui/States'
import type { Piece } from '../../ui/tile'
import type { BoardCard } from './api'
import { type BoardParts, piecesQuery } from './catalogue'
import classes from './Gallery.module.css'
import { MAX_CARDS } from './model'

type Props = {
  projectId: string
  parts: BoardParts
  cards: readonly BoardCard[]
  onAdd: (piece: Piece) => void
  onClose: () => void
}

const ICONS: Record<Piece['kind'], { icon: Icon; label: string }> = {
  figure: { icon: IconNumbers, label: 'Figure' },
  chart: { icon: IconChartLine, label: 'Chart' },
  table: { icon: IconTable, label: 'Table' },
}

export function Gallery({ projectId, parts, cards, onAdd, onClose }: Props) {
  const { me, may } = useRole(projectId)
  const [text, setText] = useState('')
  const areas = parts.areas.filter(
    ({ needed, isForServerOwner }) => may(needed) && (!isForServerOwner || me?.is_server_owner === true),
  )
  const answers = useQueries({ queries: areas.map((area) => piecesQuery(area)) })
  const wanted = text.trim().toLowerCase()
  const isFull = cards.length >= MAX_CARDS
  const groups = areas.map((area, index) => ({
    area,
    answer: answers[index],
    pieces: (answers[index]?.data ?? []).filter(
      ({ title, needed }) =>
        (needed === undefined || may(needed)) && `${area.label} ${title}`.toLowerCase().includes(wanted),
    ),
  }))
  const isNothing = answers.every(({ data }) => data) && groups.every(({ pieces }) => pieces.length === 0)
  return (
    <Modal opened onClose={onClose} title="Add cards" size={760}>
      <TextInput
        aria-label="Search cards"
        placeholder="Search figures, charts and tables"
        leftSection={<IconSearch size={14} />}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isFull && (
        <p className={classes.full} role="status">
          The board has {MAX_CARDS} cards, which is the most.
        </p>
      )}
      <div className={classes.groups}>
        {isNothing && <Empty title="No card has this name">Try another word.</Empty>}
        {groups.map(
          ({ area, answer, pieces }) =>
            (pieces.length > 0 || !answer?.data) && (
              <section key={area.name} aria-label={area.label}>
                <h3 className={classes.area}>
                  <area.icon size={16} stroke={1.6} aria-hidden />
                  {area.label}
                </h3>
                {answer && (
                  <Result what={area.label} question={answer} skeleton={<RowsSkeleton rows={2} />}>
                    {() => (
                      <ul className={classes.pieces}>
                        {pieces.map((piece) => (
                          <li key={piece.id}>
                            <Entry
                              piece={piece}
                              area={area.label}
                              isDisabled={isFull}
                              count={cards.filter((card) => card.piece === piece.id).length}
                              onAdd={() => onAdd(piece)}
                            />
                          </li>
                        ))}
                      </ul>
                    )}
                  </Result>
                )}
              </section>
            ),
        )}
      </div>
    </Modal>
  )
}

type EntryProps = { piece: Piece; area: string; isDisabled: boolean; count: number; onAdd: () => void }

function Entry({ piece: { title, kind, needs }, area, isDisabled, count, onAdd }: EntryProps) {
  const { icon: Glyph, label } = ICONS[kind]
  const text = (
    <>
      <Glyph size={18} stroke={1.5} className={classes.kind} aria-hidden />
      <span className={classes.title}>
        {title}
        <VisuallyHidden>, {label.toLowerCase()}</VisuallyHidden>
      </span>
    </>
  )
  if (needs !== undefined)
    return (
      <div className={classes.entry} data-needs title={`It needs ${needs}: add it on the page ${area}.`}>
        {text}
        <span className={classes.hint}>Add it from {area}</span>
      </div>
    )
  return (
    <button type="button" className={classes.entry} disabled={isDisabled} onClick={onAdd}>
      <VisuallyHidden>Add</VisuallyHidden> {text}
      {count > 0 ? (
        <span className={classes.hint}>
          <IconCheck size={14} aria-hidden /> {count === 1 ? 'On the board' : `${count} times`}
        </span>
      ) : (
        <IconPlus size={15} aria-hidden className={classes.plus} />
      )}
    </button>
  )
}
