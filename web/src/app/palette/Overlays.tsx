// What opens over any page of a project by the keyboard: the command palette, the sheet of shortcuts, a new note; and the shortcuts that lead elsewhere.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { analysisOf } from '../../lib/analysis'
import { lazily } from '../../ui/lazily'
import { ANALYTICS, AREAS } from '../areas'
import type { Shortcut } from './shortcuts'
import { useShortcuts } from './useShortcuts'

const Palette = lazily(() => import('./Palette').then((module) => module.Palette))
const ShortcutSheet = lazily(() => import('./ShortcutSheet').then((module) => module.ShortcutSheet))
const AnnotationForm = lazily(() =>
  import('../../features/overview/AnnotationForm').then((module) => module.AnnotationForm),
)

export type Overlay = 'palette' | 'sheet' | 'note' | null

type Props = { projectId: string; shown: Overlay; onShow: (overlay: Overlay) => void }

export function Overlays({ projectId, shown, onShow }: Props) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const search = analysisOf(useSearch({ strict: false }))
  const close = () => onShow(null)

  function follow(shortcut: Shortcut) {
    if (shortcut.kind === 'palette') return onShow(shown === 'palette' ? null : 'palette')
    if (shortcut.kind === 'sheet') return onShow('sheet')
    if (shortcut.kind === 'refresh') return void client.refetchQueries({ type: 'active' })
    const area = AREAS.find(({ to }) => to === shortcut.to)
    const isAnalytic = ANALYTICS.some(({ to }) => to === shortcut.to)
    if (area) void navigate({ to: area.to, params: { projectId }, search: isAnalytic ? search : {} })
  }
  useShortcuts(follow)

  return (
    <>
      {shown === 'palette' && (
        <Palette projectId={projectId} onClose={close} onNote={() => onShow('note')} onSheet={() => onShow('sheet')} />
      )}
      {shown === 'sheet' && <ShortcutSheet onClose={close} />}
      {shown === 'note' && <AnnotationForm projectId={projectId} onClose={close} />}
    </>
  )
}
