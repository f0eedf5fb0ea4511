// The empty customer list: the step that brings the first one, or a way to clear the search.
import { Button } from '@mantine/core'
import { IconSearchOff, IconUsers } from '@tabler/icons-react'
import { Snippet } from '../../ui/Copy'
import { LinkButton } from '../../ui/LinkButton'
import { Empty } from '../../ui/States'
import classes from './Customers.module.css'
import type { CustomersSearch } from './model'

type Props = { projectId: string; search: CustomersSearch; onShowAll: () => void }

export function NoCustomers({ projectId, search, onShowAll }: Props) {
  if (search.search !== undefined || search.active !== undefined) {
    return (
      <Empty
        icon={IconSearchOff}
        title="No customers found"
        action={
          <Button variant="default" onClick={onShowAll}>
            Show all customers
          </Button>
        }
      >
        {search.search === undefined
          ? 'No customers were active in this period.'
          : `No name, e-mail or id contains “${search.search}”.`}
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconUsers}
      title="No customers yet"
      action={
        <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} size="sm">
          Get an API key
        </LinkButton>
      }
    >
      <p className={classes.step}>
        A customer appears with the first session that has their user id. Send this request when someone signs in, with
        one of your API keys.
      </p>
      <div className={classes.snippet}>
        <Snippet code={sessionSnippet(window.location.origin)} what="Code that starts a session" />
      </div>
    </Empty>
  )
}

export function sessionSnippet(origin: string): string {
  return `fetch('${origin}/api/analytics/session/start', {
  method: 'POST',
  headers: { 'x-api-key': 'fk_…' },
  body: JSON.stringify({ session_id: 's-1', user_id: '42' }),
})`
}
