// An answer as a chart: what goes along the axis, what is drawn, and what splits it.
import { MultiSelect, Select } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useMemo } from 'react'
import { XyChart } from '../../charts/XyChart'
import { exactNumber, plural } from '../../lib/format'
import { Empty } from '../../ui/States'
import { useTile } from '../../ui/tile'
import { isNumeric } from './cells'
import { drawingOf, MAX_POINTS } from './chart'
import { type ChartSettings, MAX_Y, type SqlAnswer, type SqlColumn } from './model'
import classes from './Sql.module.css'

type Props = { answer: SqlAnswer; settings: ChartSettings | undefined; onChange: (settings: ChartSettings) => void }

const HEIGHT = 320
const TILE_HEIGHT = 264
const numberText = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 4 })

export function AnswerChart({ answer, settings, onChange }: Props) {
  const isTile = useTile() !== null
  const drawing = useMemo(() => settings && drawingOf(answer, settings), [answer, settings])
  if (!settings || !drawing) {
    return (
      <Empty icon={IconChartBar} title="Nothing to draw">
        A chart needs a column with numbers, and one more to stand along the axis.
      </Empty>
    )
  }
  const columns = answer.columns as SqlColumn[]
  const names = [...new Set(columns.map(({ name }) => name))]
  const numeric = [...new Set(columns.filter(isNumeric).map(({ name }) => name))]
  const { x, y, series } = settings
  return (
    <>
      {!isTile && (
        <div className={classes.chartOptions}>
          <Select
            size="xs"
            label="Along the axis"
            data={names}
            value={x}
            allowDeselect={false}
            onChange={(name) => name && onChange({ ...settings, x: name })}
          />
          <MultiSelect
            size="xs"
            label="Drawn"
            data={numeric}
            value={y}
            maxValues={MAX_Y}
            onChange={(chosen) => chosen.length > 0 && onChange({ ...settings, y: chosen })}
          />
          <Select
            size="xs"
            label="A series for each"
            placeholder="None"
            data={names.filter((name) => name !== x)}
            value={series ?? null}
            clearable
            onChange={(name) => onChange(name ? { ...settings, series: name } : { shape: settings.shape, x, y })}
          />
        </div>
      )}
      <XyChart
        drawing={drawing}
        height={isTile ? TILE_HEIGHT : HEIGHT}
        format={numberText}
        label={`${y.join(', ')} by ${x}, ${plural(drawing.series.length, 'series', 'series')} over ${plural(drawing.labels.length, 'value')}`}
      />
      {drawing.cut > 0 && (
        <p className={classes.footnote}>
          The first {exactNumber(MAX_POINTS)} values of {x} are drawn; {exactNumber(drawing.cut)} more are in the table.
        </p>
      )}
    </>
  )
}
