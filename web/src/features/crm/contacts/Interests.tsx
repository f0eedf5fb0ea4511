// The items a contact viewed most in the last three months.
import { useQuery } from '@tanstack/react-query'
import { BarList } from '../../../charts/BarList'
import { plural } from '../../../lib/format'
import { PanelSection } from '../../../ui/SidePanel'
import { interestsQuery } from './api'

/** Decoration of the panel: where it cannot be read, nothing is missed. */
export function Interests({ projectId, contactId }: { projectId: string; contactId: string }) {
  const { data } = useQuery(interestsQuery(projectId, contactId))
  if (!data || data.items.length === 0) return null
  return (
    <PanelSection title="Most viewed, last 90 days">
      <BarList
        bars={data.items.map(({ item, views }) => ({
          key: item,
          name: item,
          value: views,
          figure: plural(views, 'view'),
        }))}
      />
    </PanelSection>
  )
}
