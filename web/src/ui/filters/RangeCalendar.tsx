// The calendar of a custom period; a file of its own because it is loaded only when the period is opened.
import '@mantine/dates/styles.css'
import { DatePicker } from '@mantine/dates'
import { useState } from 'react'
import { dayText } from '../../lib/zone'

type Props = { from: string | undefined; to: string | undefined; onChoose: (first: string, last: string) => void }

export default function RangeCalendar({ from, to, onChoose }: Props) {
  const firstDay = from ? dayText(Date.parse(from)) : null
  const lastDay = to ? dayText(Date.parse(to) - 1) : null
  const today = dayText(Date.now())
  const [range, setRange] = useState<[string | null, string | null]>([firstDay, lastDay])
  return (
    <DatePicker
      type="range"
      size="sm"
      hideOutsideDates
      weekendDays={[]}
      ariaLabels={{
        previousMonth: 'Previous month',
        nextMonth: 'Next month',
        previousYear: 'Previous year',
        nextYear: 'Next year',
      }}
      allowSingleDateInRange
      defaultDate={lastDay ?? today}
      maxDate={today}
      value={range}
      onChange={(next) => {
        setRange(next)
        const [first, last] = next
        if (first && last) onChoose(first, last)
      }}
    />
  )
}
