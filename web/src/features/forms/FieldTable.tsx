// The fields of a form in its order, as a funnel: who reaches them, who gives up there, and what gives them trouble.
import type { ReactNode } from 'react'
import { exactNumber } from '../../lib/format'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import { CsvButton } from '../../ui/TableActions'
import classes from './Forms.module.css'
import {
  type FieldFigures,
  type FormFigures,
  findingOf,
  formSheet,
  isRemarkable,
  secondsText,
  shareText,
  worstOf,
} from './figures'
import { Name } from './Name'

type Props = { form: FormFigures; open: string | undefined; onOpen: (field: string | undefined) => void }

/** The last row is no field. */
const SUBMITTED = 'submitted'
type Row = FieldFigures | typeof SUBMITTED

export function FieldTable({ form, open, onOpen }: Props) {
  return (
    <Card
      title="Fields"
      piece="forms.fields"
      help="In the order of the form. A bar is as wide as the share of starts that reached the field; its hatched part gave up there."
      note={
        <span className={classes.which}>
          <Name name={form.form} /> on <Name name={form.path} />
        </span>
      }
      actions={<CsvButton sheet={formSheet(form)} />}
      flush
    >
      <Finding form={form} />
      <div className={classes.fields}>
        <DataTable
          label="Fields"
          columns={columnsOf(form, open, onOpen)}
          rows={[...form.fields, SUBMITTED]}
          // A field may have that name.
          rowKey={(row) => (row === SUBMITTED ? '' : `field ${row.field}`)}
        />
      </div>
    </Card>
  )
}

function columnsOf(form: FormFigures, open: Props['open'], onOpen: Props['onOpen']): Column<Row>[] {
  const worst = worstOf(form)
  const ofField = (cell: (field: FieldFigures) => ReactNode) => (row: Row) => (row === SUBMITTED ? '' : cell(row))
  return [
    {
      key: 'field',
      header: 'Field',
      small: 'title',
      cell: (row) => (row === SUBMITTED ? <Submitted form={form} /> : <Field field={row} />),
    },
    {
      key: 'reached',
      header: 'Reached',
      help: 'Starts in which the field was focused, clicked or changed, and their share of all starts of the form.',
      small: 'line',
      width: '36%',
      cell: (row) =>
        row === SUBMITTED ? (
          <Bar starts={form.starts} reached={form.submissions} isEnd />
        ) : (
          <Bar starts={form.starts} reached={row.reached} lost={row.abandoned} />
        ),
    },
    {
      key: 'abandoned',
      header: 'Gave up here',
      help: 'Starts that were not submitted and touched this field last, and their share of those who reached it.',
      align: 'right',
      small: 'figure',
      cell: ofField((field) => (
        <GaveUp field={field} isWorst={field === worst} isOpen={field.field === open} onOpen={onOpen} />
      )),
    },
    {
      key: 'time',
      header: 'Median time',
      help: 'Half of those who reached the field had it in focus for longer, half for less.',
      align: 'right',
      cell: ofField(({ median_seconds: seconds }) => secondsText(seconds)),
    },
    {
      key: 'corrected',
      header: 'Corrected',
      help: 'Share of those who reached the field that came back to change what they had filled in.',
      align: 'right',
      cell: ofField(({ corrected, reached }) => <Trouble part={corrected} reached={reached} />),
    },
    {
      key: 'refused',
      header: 'Refused',
      help: 'Share of those who reached the field that had it rejected by the browser or the page.',
      align: 'right',
      cell: ofField(({ refused, reached }) => <Trouble part={refused} reached={reached} />),
    },
    {
      key: 'left_empty',
      header: 'Left empty',
      help: 'Share of those who reached the field that left nothing in it. Fields that few fill in may not be needed.',
      align: 'right',
      cell: ofField(({ left_empty: left, reached }) => shareText(left, reached)),
    },
  ]
}

function Field({ field: { field, kind } }: { field: FieldFigures }) {
  return (
    <span className={classes.field}>
      <Name name={field} isStrong />
      <span className={classes.kind} title={kind}>
        {kind}
      </span>
    </span>
  )
}

function Submitted({ form: { median_seconds: seconds } }: { form: FormFigures }) {
  return (
    <span className={classes.field}>
      <b>Submitted</b>
      {seconds != null && (
        <span className={classes.median} title="Half of the submitted starts took longer from the first field on">
          in {secondsText(seconds)}, median
        </span>
      )}
    </span>
  )
}

type BarProps = { starts: number; reached: number; lost?: number; isEnd?: true }

function Bar({ starts, reached, lost = 0, isEnd }: BarProps) {
  const width = (part: number) => ({ width: `${starts === 0 ? 0 : (part / starts) * 100}%` })
  return (
    <span className={classes.reached}>
      <span className={classes.bar} aria-hidden>
        <span className={classes.stayed} data-end={isEnd} style={width(reached - lost)} />
        <span className={classes.lost} style={width(lost)} />
      </span>
      <span className={classes.counts}>
        {exactNumber(reached)} <span className={classes.ofAll}>{shareText(reached, starts)}</span>
      </span>
    </span>
  )
}

type GaveUpProps = { field: FieldFigures; isWorst: boolean; isOpen: boolean; onOpen: Props['onOpen'] }

function GaveUp({ field: { field, abandoned, reached }, isWorst, isOpen, onOpen }: GaveUpProps) {
  if (abandoned === 0) return '0'
  const text = `${exactNumber(abandoned)} · ${shareText(abandoned, reached)}`
  return (
    <button
      type="button"
      className={classes.abandoned}
      data-worst={isWorst || undefined}
      aria-label={`${text} gave up at ${field}, show visits`}
      aria-pressed={isOpen}
      title="Show their visits"
      onClick={() => onOpen(isOpen ? undefined : field)}
    >
      {text}
    </button>
  )
}

function Trouble({ part, reached }: { part: number; reached: number }) {
  return (
    <span className={classes.share} data-remarkable={isRemarkable(part, reached) || undefined}>
      {shareText(part, reached)}
    </span>
  )
}

function Finding({ form }: { form: FormFigures }) {
  const finding = findingOf(form)
  if (!finding) return null
  return (
    <p className={classes.finding}>
      {finding.abandoned} of those who reached <Name name={finding.field} isStrong /> gave up there
      {finding.refused === null ? '.' : `; ${finding.refused} had it refused at least once.`}
    </p>
  )
}
