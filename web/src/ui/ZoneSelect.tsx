// Chooses a time zone by its name, with the time there.
import { Select } from '@mantine/core'
import { timeThere, zoneChoices } from '../lib/timeZones'
import { useNow } from './Figures'

type Props = { value: string; onChange: (zone: string) => void; disabled?: boolean; error?: string | undefined }

export function ZoneSelect({ value, onChange, disabled = false, error }: Props) {
  const now = useNow(30_000)
  return (
    <Select
      label="Time zone"
      description={`For the hours, days and months of the project. Time there: ${timeThere(value, now)}.`}
      searchable
      allowDeselect={false}
      disabled={disabled}
      error={error}
      limit={100}
      data={zoneChoices(value)}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
    />
  )
}
