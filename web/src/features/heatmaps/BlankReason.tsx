// Says why a page is not shown under its map, and how to change that.
import { LinkButton } from '../../ui/LinkButton'
import classes from './Heatmaps.module.css'

export function BlankReason({ why, projectId }: { why: 'role' | 'none'; projectId: string }) {
  if (why === 'role') {
    return (
      <p className={classes.note}>
        Snapshots of pages come from recordings of visits, which the analyst role may see. Without one, only events
        outside of known elements have a place here; the list has all elements.
      </p>
    )
  }
  return (
    <div className={classes.note}>
      <p>
        No visit to this page at this screen width was recorded in this period, so the page itself cannot be shown.
        Events outside of known elements lie where they happened; the list has all elements.
      </p>
      <p>Choose another width or a longer period, or record more visits.</p>
      <LinkButton to="/p/$projectId/sdk" params={{ projectId }} variant="default">
        Set up recording
      </LinkButton>
    </div>
  )
}
