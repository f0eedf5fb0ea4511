// A preview of the settings: the events of a visit in words, and the JSON a page loads.
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { Card } from '../../ui/Card'
import { Snippet } from '../../ui/Copy'
import { visitLines, whoLine } from './preview'
import classes from './Sdk.module.css'
import type { Settings } from './settings'

export function Preview({ settings, version, isChanged }: { settings: Settings; version: number; isChanged: boolean }) {
  return (
    <>
      <Card title="What each visit sends" {...(isChanged ? { note: 'with unsaved changes' } : {})}>
        <p className={classes.note}>{whoLine(settings)}</p>
        <ul className={classes.visit}>
          {visitLines(settings).map(({ key, text, isSent }) => (
            <li key={key} data-not={!isSent || undefined}>
              {isSent ? <IconCheck size={15} aria-hidden /> : <IconMinus size={15} aria-hidden />}
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card
        title="Settings as JSON"
        help="What pages load from /sdk-settings with an API key of this project, cached for five minutes."
      >
        <div className={classes.json}>
          <Snippet
            code={JSON.stringify({ version: isChanged ? version + 1 : version, ...settings }, null, 2)}
            what="Settings as JSON"
          />
        </div>
      </Card>
    </>
  )
}
