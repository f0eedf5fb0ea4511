// A token by which a customer reads their own figures: made for a while, shown once.
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { exactTime } from '../../lib/locale'
import { Snippet } from '../../ui/Copy'
import { PanelSection } from '../../ui/SidePanel'
import { toastFailed } from '../../ui/toast'
import { useCreateToken } from './api'
import classes from './Customers.module.css'
import { TOKEN_TIMES } from './model'

type Props = { projectId: string; customerId: string; mayCreate: boolean }

export function TokenSection({ projectId, customerId, mayCreate }: Props) {
  const create = useCreateToken(projectId)
  const [seconds, setSeconds] = useState<string>(TOKEN_TIMES[0].value)
  return (
    <PanelSection title="Customer token">
      <p className={classes.muted}>
        Lets your site show this customer their own figures and sessions, and no one else’s. It expires automatically
        and cannot be revoked earlier.
      </p>
      {create.data ? (
        <div className={classes.token}>
          <Snippet code={create.data.token} what="Customer token" />
          <p className={classes.muted}>
            Copy it now. It is not shown again. Valid until {exactTime(create.data.expires_at)}.
          </p>
        </div>
      ) : (
        <div className={classes.tokenForm}>
          <Select
            size="xs"
            aria-label="Valid for"
            data={TOKEN_TIMES}
            value={seconds}
            allowDeselect={false}
            disabled={!mayCreate}
            onChange={(value) => setSeconds(value ?? seconds)}
          />
          <Button
            variant="default"
            disabled={!mayCreate}
            loading={create.isPending}
            onClick={() =>
              create.mutate(
                { userId: customerId, seconds: Number(seconds) },
                { onError: (error) => toastFailed('The token was not created', error) },
              )
            }
          >
            Create token
          </Button>
          {!mayCreate && <span className={classes.muted}>Only owners and admins can create tokens.</span>}
        </div>
      )}
    </PanelSection>
  )
}
