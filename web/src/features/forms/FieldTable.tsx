// The fields of a form in its order: who reaches them, who gives up there, and what gives them trouble.
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { CsvButton } from '../../ui/TableActions'
import classes from './Forms.module.css'
import { type FieldFigures, type FormFigures, findingOf, formSheet, isRemarkable, shareText, worstOf } from './model'
import { secondsText } from './words'

type Props = { form: FormFigures; open: string | undefined; onOpen: (field: string | undefined) => void }

export function FieldTable({ form, open, onOpen }: Props) {
  const worst = worstOf(form)
  const share = (part: number, field: FieldFigures) => (
    <span className={classes.share} data-remarkable={isRemarkable(part, field.reached) || undefined}>
      {shareText(part, field.reached)}
    </span>
  )
  const columns: Column<FieldFigures>[] = [
    {
      key: 'field',
      header: 'Field',
      small: 'title',
      cell: ({ field, kind }) => (
        <>
          <span className={classes.name}>{field}</span> <span className={classes.kind}>{kind}</span>
        </>
      ),
    },
    {
      key: 'reached',
      header: 'Reached',
      small: 'line',
      width: '28%',
      cell: (field) => <Reached field={field} starts={form.starts} />,
    },
    {
      key: 'abandoned',
      header: 'Gave up here',
      align: 'right',
      small: 'figure',
      cell: (field) =>
        field.abandoned === 0 ? (
          '0'
        ) : (
          <button
            type="button"
            className={classes.abandoned}
            data-worst={field === worst || undefined}
            aria-label={`${exactNumber(field.abandoned)} · ${shareText(field.abandoned, field.reached)} gave up at ${field.field}, show visits`}
            aria-pressed={open === field.field}
            onClick={() => onOpen(open === field.field ? undefined : field.field)}
          >
            {exactNumber(field.abandoned)} · {shareText(field.abandoned, field.reached)}
          </button>
        ),
    },
    {
      key: 'time',
      header: 'Median time',
      align: 'right',
      cell: ({ median_seconds: seconds }) => secondsText(seconds),
    },
    { key: 'corrected', header: 'Corrected', align: 'right', cell: (field) => share(field.corrected, field) },
    { key: 'refused', header: 'Refused', align: 'right', cell: (field) => share(field.refused, field) },
    { key: 'left_empty', header: 'Left empty', align: 'right', cell: (field) => share(field.left_empty, field) },
  ]
  return (
    <Card
      title={`Fields of ${form.form}`}
      help="In the order of the form. Gave up here: starts that were not submitted and touched this field last. Corrected, refused and left empty are shares of the starts that reached the field."
      actions={<CsvButton sheet={formSheet(form)} />}
      flush
    >
      <Finding form={form} />
      <DataTable label="Fields" columns={columns} rows={form.fields} rowKey={({ field }) => field} />
      <p className={classes.submitted}>
        <b>Submitted</b> {exactNumber(form.submissions)} of {exactNumber(form.starts)} starts,{' '}
        {shareText(form.submissions, form.starts)}
        {form.median_seconds != null && <>, in {secondsText(form.median_seconds)} (median)</>}
      </p>
    </Card>
  )
}

function Reached({ field, starts }: { field: FieldFigures; starts: number }) {
  const width = (part: number) => `${starts === 0 ? 0 : (part / starts) * 100}%`
  return (
    <span className={classes.reached}>
      <span className={classes.bar} aria-hidden>
        <span className={classes.stayed} style={{ width: width(field.reached - field.abandoned) }} />
        <span className={classes.lost} style={{ width: width(field.abandoned) }} />
      </span>
      <span>{exactNumber(field.reached)}</span>
    </span>
  )
}

function Finding({ form }: { form: FormFigures }) {
  const finding = findingOf(form)
  if (!finding) return null
  return (
    <p className={classes.finding}>
      {finding.abandoned} of those who reached <b>{finding.field}</b> gave up there
      {finding.refused === null ? '.' : `; ${finding.refused} had it refused at least once.`}
    </p>
  )
}
