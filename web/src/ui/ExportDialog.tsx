// The dialog of an export: the server writes the file, and says before how many rows it will have.
import { Button, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { cutNote, exportLabel, type RowCount } from '../lib/rowCount'
import { FormFailure } from './FormFailure'

export type List = { csv: string; count: () => Promise<RowCount> }

type Props = { what: string; one: string; list: List; note?: string; onClose: () => void }

export function ExportDialog({ what, one, list, note, onClose }: Props) {
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
