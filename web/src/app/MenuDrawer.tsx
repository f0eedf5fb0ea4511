// The rail as a drawer, for small screens.
import { Drawer } from '@mantine/core'
import { Rail } from './Rail'

type Props = { projectId: string; isOpen: boolean; onClose: () => void; onSearch: () => void }

export function MenuDrawer({ projectId, isOpen, onClose, onSearch }: Props) {
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={onClose}
      size={264}
      padding={0}
      lockScroll={false}
      transitionProps={{ duration: 120 }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label="Menu">
        <Rail projectId={projectId} isCollapsed={false} onNavigate={onClose} onSearch={onSearch} />
      </Drawer.Content>
    </Drawer.Root>
  )
}
