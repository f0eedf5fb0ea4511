// The forms: how often each is begun and completed, and where most give up.

import { exactNumber } from '../../lib/format'
import { useMissingComparison } from '../../ui/comparison'
import { type Column, DataTable } from '../../ui/DataTable'
import { ChangeBadge, Num, PointsBadge } from '../../ui/Figures'
import { Path } from '../../ui/Path'
import classes from './Forms.module.css'
import { type FormFigures, keyOf, secondsText, shareOf, shareText, worstOf } from './figures'
import { Name } from './Name'

type Props = { forms: FormFigures[]; opened?: FormFigures | undefined; onOpen: (form: FormFigures) => void }

export function FormTable({ forms, opened, onOpen }: Props) {
  const isCompared = useMissingComparison() === null
  const columns: Column<FormFigures>[] = [
    {
      key: 'form',
      header: 'Form',
      small: 'title',
      cell: ({ form }) => <Name name={form} isStrong />,
    },
    { key: 'path', header: 'Page', small: 'line', cell: ({ path }) => <Path path={path} /> },
    {
      key: 'starts',
      header: 'Starts',
      help: 'Visits of the form that reached one of its fields.',
      align: 'right',
      cell: ({ starts, previous_starts: previous }) => (
        <span className={classes.pair}>
          {isCompared && <ChangeBadge current={starts} previous={previous} good="neutral" />}
          <Num value={starts} />
        </span>
      ),
    },
    {
      key: 'completed',
      header: 'Completed',
      help: 'Share of starts that were submitted, with no field refused or changed afterwards.',
      align: 'right',
      small: 'figure',
      cell: (form) => {
        const before = shareOf(form.previous_submissions, form.previous_starts)
        const now = shareOf(form.submissions, form.starts)
        return (
          <span className={classes.pair} title={`${exactNumber(form.submissions)} of ${exactNumber(form.starts)}`}>
            {isCompared && now !== null && before !== null && <PointsBadge current={now} previous={before} good="up" />}
            {shareText(form.submissions, form.starts)}
          </span>
        )
      },
    },
    {
      key: 'time',
      header: 'Median time',
      help: 'Half of the submitted starts took longer from the first field to the submission, half less.',
      align: 'right',
      cell: ({ median_seconds: seconds }) => secondsText(seconds),
      isExtra: true,
    },
    {
      key: 'worst',
      header: 'Most give up at',
      help: 'The field that most of the starts without a submission touched last.',
      cell: (form) => {
        const worst = worstOf(form)
        return worst ? <Name name={worst.field} isStrong /> : '–'
      },
    },
  ]
  return (
    <DataTable
      label="Forms"
      columns={columns}
      rows={forms}
      rowKey={keyOf}
      onOpen={onOpen}
      openKey={opened && keyOf(opened)}
    />
  )
}
