// The project's logo: shown, uploaded and removed at once, without the save bar.
import { Button, FileButton } from '@mantine/core'
import { IconPhotoUp } from '@tabler/icons-react'
import { useRole } from '../../api/useRole'
import { FormFailure } from '../../ui/FormFailure'
import { toastDone } from '../../ui/toast'
import { useRemoveLogo, useSetLogo } from './api'
import classes from './Settings.module.css'

const ACCEPTED = 'image/png,image/jpeg'

export function LogoField({ projectId, isDisabled }: { projectId: string; isDisabled: boolean }) {
  const { me } = useRole(projectId)
  const upload = useSetLogo(projectId)
  const remove = useRemoveLogo(projectId)
  const project = me?.projects.find(({ id }) => id === projectId)
  const url = project?.logo_url
  const choose = (file: File | null) =>
    file && (remove.reset(), upload.mutate(file, { onSuccess: () => toastDone('Logo saved') }))
  return (
    <div className={classes.logo} role="group" aria-label="Logo">
      <span className={classes.picture}>
        {url ? <img src={url} alt={`Logo of ${project.name}`} /> : <IconPhotoUp size={20} stroke={1.5} aria-hidden />}
      </span>
      <div>
        <b>Logo</b>
        <span>
          Shown beside the project's name. PNG or JPEG, at most 200 KB and 1,024 pixels wide and high; square looks
          best.
        </span>
        {!isDisabled && (
          <div className={classes.logoActions}>
            <FileButton accept={ACCEPTED} onChange={choose} inputProps={{ 'aria-label': 'Logo file' }}>
              {(props) => (
                <Button {...props} variant="default" size="xs" loading={upload.isPending}>
                  {url ? 'Replace logo' : 'Upload logo'}
                </Button>
              )}
            </FileButton>
            {url && (
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                loading={remove.isPending}
                onClick={() => (
                  upload.reset(), remove.mutate(undefined, { onSuccess: () => toastDone('Logo removed') })
                )}
              >
                Remove logo
              </Button>
            )}
          </div>
        )}
        <FormFailure error={upload.error ?? remove.error} labelOf={() => 'Logo'} />
      </div>
    </div>
  )
}
