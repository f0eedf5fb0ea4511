// Example prices: calls of several lengths by a tariff, and one of any length step by step.
import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { exactNumber } from '../../lib/format'
import { money, moneyColumn } from '../../lib/money'
import { Card } from '../../ui/Card'
import { type Column, DataTable } from '../../ui/DataTable'
import classes from './Billing.module.css'
import { type Charge, charge, clock, exampleSeconds, type Tariff, unitName } from './tariff'

type Line = Charge & { seconds: number }

export function TariffExample({ tariff }: { tariff: Tariff }) {
  const [minutes, setMinutes] = useState(3)
  const [seconds, setSeconds] = useState(24)
  const length = minutes * 60 + seconds
  const lines = exampleSeconds(tariff).map((line) => ({ seconds: line, ...charge(tariff, line) }))
  return (
    <Card title="What a call costs" help="Calculated with the tariff on this page, saved or not.">
      <div className={classes.try}>
        <NumberInput
          size="xs"
          label="Minutes"
          min={0}
          max={1_440}
          allowDecimal={false}
          clampBehavior="strict"
          value={minutes}
          onChange={(value) => setMinutes(Number(value) || 0)}
        />
        <NumberInput
          size="xs"
          label="Seconds"
          min={0}
          max={59}
          allowDecimal={false}
          clampBehavior="strict"
          value={seconds}
          onChange={(value) => setSeconds(Number(value) || 0)}
        />
      </div>
      <Sum tariff={tariff} seconds={length} />
      <DataTable
        label="Example calls"
        columns={columns(tariff, lines)}
        rows={lines}
        rowKey={(line) => String(line.seconds)}
        isCompact
      />
    </Card>
  )
}

function Sum({ tariff, seconds }: { tariff: Tariff; seconds: number }) {
  const { charged, units, amountMinor } = charge(tariff, seconds)
  const free = tariff.free_seconds ?? 0
  return (
    <p className={classes.sum} role="status">
      <span>{clock(seconds)}</span>
      {free > 0 && (
        <span className={classes.muted}>
          − {clock(free)} free = {clock(charged)}
        </span>
      )}
      <span className={classes.muted}>
        → {exactNumber(units)} {unitName(tariff.rounding, units)} × {money(tariff.price_minor, tariff.currency)}
      </span>
      <b>{money(amountMinor, tariff.currency)}</b>
    </p>
  )
}

function columns(tariff: Tariff, lines: Line[]): Column<Line>[] {
  const amount = moneyColumn(
    lines.map((line) => line.amountMinor),
    tariff.currency,
  )
  return [
    { key: 'length', header: 'Call duration', cell: (line) => clock(line.seconds) },
    {
      key: 'units',
      header: tariff.rounding === 'per_second' ? 'Billed seconds' : 'Billed minutes',
      align: 'right',
      cell: (line) => exactNumber(line.units),
    },
    { key: 'amount', header: 'Amount', align: 'right', cell: (line) => amount(line.amountMinor) },
  ]
}
