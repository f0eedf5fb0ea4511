// The empty contact list: the step that brings the first one, or a way to clear the search.
import { Button } from '@mantine/core'
import { IconAddressBook, IconSearchOff } from '@tabler/icons-react'
import { Snippet } from '../../../ui/Copy'
import { LinkButton } from '../../../ui/LinkButton'
import { Empty } from '../../../ui/States'
import classes from './Contacts.module.css'
import type { ContactsSearch } from './model'

type Props = { projectId: string; search: ContactsSearch; onShowAll: () => void }

export function NoContacts({ projectId, search, onShowAll }: Props) {
  if (search.search !== undefined || search.status !== undefined) {
    return (
      <Empty
        icon={IconSearchOff}
        title="No contacts found"
        action={
          <Button variant="default" onClick={onShowAll}>
            Show all contacts
          </Button>
        }
      >
        {search.search === undefined
          ? 'No contact has this status.'
          : `No name, e-mail, phone number or id contains “${search.search}”.`}
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconAddressBook}
      title="No contacts yet"
      action={
        <LinkButton to="/p/$projectId/settings/api-keys" params={{ projectId }} size="sm">
          Get an API key
        </LinkButton>
      }
    >
      <p className={classes.step}>
        A contact appears when your site identifies someone, for example when they register, sign in or book. Send this
        request from your site, with one of your API keys.
      </p>
      <div className={classes.snippet}>
        <Snippet code={trackSnippet(window.location.origin)} what="Code that sends a customer event" />
      </div>
    </Empty>
  )
}

export function trackSnippet(origin: string): string {
  return `fetch('${origin}/track-event', {
  method: 'POST',
  headers: { 'x-api-key': 'fk_…' },
  body: JSON.stringify({
    event_type: 'customer.created',
    customer: { id: '42', email: 'asha@example.com' },
  }),
})`
}
