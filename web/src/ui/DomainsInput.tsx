// The domains whose pages may use something: typed, or pasted as a list of addresses.
import { TagsInput } from '@mantine/core'
import { parseDomains } from '../lib/domains'

type Props = { value: string[]; error: string | undefined; onChange: (domains: string[]) => void }

export function DomainsInput({ value, error, onChange }: Props) {
  return (
    <TagsInput
      label="Allowed domains"
      description="Pages on other domains are rejected. Leave empty to allow all domains."
      placeholder={value.length === 0 ? 'shop.example.com, *.example.org' : ''}
      splitChars={[',', ' ', ';']}
      value={value}
      error={error}
      onChange={(values) => onChange(parseDomains(values.join(' ')))}
    />
  )
}
