// The items that contacts look at most.
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Card } from '../../../ui/Card'
import { type Column, DataTable } from '../../../ui/DataTable'
import { Num } from '../../../ui/Figures'
import { LoadMore } from '../../../ui/LoadMore'
import { Result } from '../../../ui/Result'
import { Empty, RowsSkeleton } from '../../../ui/States'
import { CsvButton } from '../../../ui/TableActions'
import { MOST_ITEMS, projectInterestsQuery } from './api'
import classes from './Interests.module.css'
import { type Interest, type InterestsPeriod, viewsEach } from './model'

export function MostViewed({ projectId, period }: { projectId: string; period: InterestsPeriod }) {
  const interests = useQuery(projectInterestsQuery(projectId, period))
  const items = interests.data?.items ?? []
  const sheet = {
    name: 'footfall-interests',
    header: ['Item', 'Views', 'Contacts'],
    rows: items.map(({ item, views, contacts }) => [item, views, contacts]),
  }
  return (
    <Card
      title="Most viewed by contacts"
      piece="interests.items"
      help="From events such as vehicle.viewed of customers your site identifies. A CRM rule sets which field holds the item."
      flush
      actions={<CsvButton sheet={sheet} />}
    >
      <Result what="The interests" question={interests} skeleton={<RowsSkeleton rows={10} />}>
        {() =>
          items.length === 0 ? (
            <Empty icon={IconEye} title="Nothing viewed in this period">
              Send an event that ends in .viewed, such as vehicle.viewed, when a signed-in customer looks at an item.
              The most viewed items are then listed here.
            </Empty>
          ) : (
            <>
              <DataTable
                label="Interests"
                columns={columnsFor(items)}
                rows={items}
                rowKey={({ item }) => item}
                isStale={interests.isPlaceholderData}
              />
              <LoadMore
                shown={items.length}
                what="items"
                one="item"
                hasMore={false}
                isLoading={false}
                onMore={() => undefined}
              />
              {items.length === MOST_ITEMS && (
                <p className={classes.note}>Only the {MOST_ITEMS} most viewed items are listed.</p>
              )}
            </>
          )
        }
      </Result>
    </Card>
  )
}

function columnsFor(items: Interest[]): Column<Interest>[] {
  const most = Math.max(...items.map(({ views }) => views), 1)
  return [
    { key: 'item', header: 'Item', cell: ({ item }) => <span className={classes.item}>{item}</span>, small: 'title' },
    {
      key: 'bar',
      header: '',
      width: '30%',
      cell: ({ views }) => (
        <span className={classes.track} aria-hidden>
          <i style={{ width: `${(views / most) * 100}%` }} />
        </span>
      ),
      small: 'none',
    },
    { key: 'views', header: 'Views', align: 'right', cell: ({ views }) => <Num value={views} />, small: 'figure' },
    { key: 'contacts', header: 'Contacts', align: 'right', cell: ({ contacts }) => <Num value={contacts} /> },
    { key: 'each', header: 'Views per contact', align: 'right', cell: viewsEach },
  ]
}
