// The card of all forms, with how many there are.
import { exactNumber, plural } from '../../lib/format'
import { Card } from '../../ui/Card'
import classes from './Forms.module.css'
import { FormTable } from './FormTable'
import type { FormFigures, FormList } from './figures'

type Props = { answer: FormList; opened?: FormFigures; onOpen: (form: FormFigures) => void }

export function FormsCard({ answer, opened, onOpen }: Props) {
  return (
    <Card
      title="Forms"
      help="A start is a visit of a form that reached one of its fields. It is completed when it was submitted and no field was refused or changed afterwards."
      note={answer.total > answer.forms.length ? noteOf(answer) : plural(answer.forms.length, 'form')}
      flush
      piece="forms.list"
    >
      <FormTable forms={answer.forms} opened={opened} onOpen={onOpen} />
      {answer.other_starts > 0 && (
        <p className={classes.more}>
          {plural(answer.other_starts, 'start')} of other forms are not counted: more than 500 forms were met.
        </p>
      )}
    </Card>
  )
}

const noteOf = ({ forms, total }: FormList) => `${exactNumber(forms.length)} of ${exactNumber(total)} forms`
