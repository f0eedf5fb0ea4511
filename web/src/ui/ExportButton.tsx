// Exports a whole list as CSV: the server writes the file, and the dialog says before how many rows it will have.
import { ActionIcon, Button, Group, Modal, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { cutNote, exportLabel, type RowCount } from '../lib/rowCount'
import { FormFailure } from './FormFailure'

type List = { csv: string; count: () => Promise<RowCount> }

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

type DialogProps = { what: string; one: string; list: List; note?: string; onClose: () => void }

export function ExportDialog({ what, one, list, note, onClose }: DialogProps) {
  const count = useQuery({ queryKey: ['row-count', list.csv], queryFn: list.count, gcTime: 0, staleTime: Infinity })
  const cut = cutNote(count.data, what)
  const isNothing = count.data?.rows === 0
  return (
    <Modal opened onClose={onClose} title={`Export ${what}`}>
      <p>{note ?? `The CSV file contains all ${what} that match the filters, in the order shown.`}</p>
      {cut && <p role="status">{cut}</p>}
      <FormFailure error={count.error} />
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {count.isPending || isNothing ? (
          <Button loading={count.isPending} disabled={isNothing}>
            {exportLabel(count.data, what, one)}
          </Button>
        ) : (
          <Button component="a" href={list.csv} download onClick={onClose}>
            {exportLabel(count.data, what, one)}
          </Button>
        )}
      </Group>
    </Modal>
  )
}
