// A comment's text with its mentions marked.
import { useMembers } from '../../../api/members'
import classes from './Comments.module.css'
import { partsOf } from './mentions'

export function MentionText({ projectId, text }: { projectId: string; text: string }) {
  const { members } = useMembers(projectId)
  return (
    <p className={classes.text}>
      {partsOf(text, members).map((part, index) =>
        part.memberId === null ? (
          part.text
        ) : (
          <b key={index} className={classes.mention}>
            {part.text}
          </b>
        ),
      )}
    </p>
  )
}
