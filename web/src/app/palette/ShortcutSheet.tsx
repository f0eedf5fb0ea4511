// The sheet of keyboard shortcuts.
import { Kbd, Modal } from '@mantine/core'
import { modifierKey } from '../../lib/keyboard'
import classes from './Palette.module.css'
import { sheetOf } from './shortcuts'

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size={720}>
      <div className={classes.sheet}>
        {sheetOf(modifierKey()).map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ keys, means }) => (
                <div key={means}>
                  <dt>
                    {keys.map((key) => (
                      <Kbd key={key} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{means}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.hint}>Shortcuts are off while you type in a field.</p>
    </Modal>
  )
}
