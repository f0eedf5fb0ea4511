// The forms and the fields of one as pieces of boards.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Empty } from '../../ui/States'
import { TileResult } from '../../ui/TileResult'
import type { Piece, PieceProps } from '../../ui/tile'
import { formsQuery } from './api'
import { FieldTable } from './FieldTable'
import { FormsCard } from './FormsCard'
import type { FormFigures, FormList } from './figures'
import { type FormsSearch, openedOf, parseFormsSearch } from './model'

type AnswerProps = Omit<PieceProps, 'onShow'> & {
  title: string
  children: (answer: FormList, opened: FormFigures, scope: FormsSearch) => ReactNode
}

function Answer({ projectId, search: raw, title, children }: AnswerProps) {
  const { open: _open, on, form, ...scope } = parseFormsSearch(raw)
  const forms = useQuery(formsQuery(projectId, scope))
  return (
    <TileResult title={title} what="The forms" question={forms} height={220}>
      {(answer) => {
        const opened = openedOf(answer.forms, { ...(on ? { on } : {}), ...(form ? { form } : {}) })
        return opened ? (
          children(answer, opened, scope)
        ) : (
          <Card title={title}>
            <Empty title="No forms in this period" />
          </Card>
        )
      }}
    </TileResult>
  )
}

export const PIECES: Piece[] = [
  {
    id: 'forms.list',
    title: 'Forms',
    kind: 'table',
    width: 4,
    component: (props) => (
      <Answer {...props} title="Forms">
        {(answer, _opened, scope) => (
          <FormsCard answer={answer} onOpen={({ path, form }) => props.onShow({ ...scope, on: path, form })} />
        )}
      </Answer>
    ),
  },
  {
    id: 'forms.fields',
    title: 'Fields of a form',
    kind: 'table',
    width: 4,
    component: (props) => (
      <Answer {...props} title="Fields">
        {(_answer, opened, scope) => (
          <FieldTable
            form={opened}
            open={undefined}
            onOpen={(open) => props.onShow({ ...scope, on: opened.path, form: opened.form, open })}
          />
        )}
      </Answer>
    ),
  },
]
