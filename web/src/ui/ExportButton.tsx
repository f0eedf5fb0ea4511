// Exports a whole list as CSV.
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useContext, useState } from 'react'
import type { List } from './ExportDialog'
import { lazily } from './lazily'
import { SharedContext } from './shared'

const ExportDialog = lazily(() => import('./ExportDialog').then((dialog) => dialog.ExportDialog))

type Props = {
  what: string
  /** What one of them is called. */
  one: string
  /** The list as it is filtered when the dialog opens: a period ends then. */
  list: () => List
  isEmpty: boolean
  /** Says more about the file, where the list on the screen differs. */
  note?: string
}

export function ExportButton({ list, isEmpty, ...names }: Props) {
  const [opened, setOpened] = useState<List>()
  // A download cannot say who asks but by a member's cookie.
  if (useContext(SharedContext)) return null
  return (
    <>
      <Tooltip label="Export as CSV">
        <ActionIcon aria-label={`Export ${names.what} as CSV`} disabled={isEmpty} onClick={() => setOpened(list())}>
          <IconDownload size={15} />
        </ActionIcon>
      </Tooltip>
      {opened && <ExportDialog {...names} list={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}
