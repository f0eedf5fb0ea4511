// How much of the traffic bots are, in figures.
import type { BotShare } from '../../api/bots'
import { exactNumber, percent } from '../../lib/format'
import { FigureStrip, type StripFigure } from '../../ui/FigureStrip'
import { Num } from '../../ui/Figures'
import { pageViewsOf, shareOf, unnamedEvents } from './model'

export function BotFigures({ answer }: { answer: BotShare }) {
  const share = shareOf(answer.bot_events, answer.events)
  const figures: StripFigure[] = [
    {
      key: 'share',
      name: 'Share of bots',
      value: share === null ? '–' : percent(share),
      note: `of ${exactNumber(answer.events)} events`,
      help: 'Events of bots among the events of all senders in this period.',
    },
    {
      key: 'events',
      name: 'Events of bots',
      value: <Num value={answer.bot_events} />,
      help: 'Events that were accepted from bots. They are stored like others.',
    },
    {
      key: 'people',
      name: 'Events of others',
      value: <Num value={answer.events - answer.bot_events} />,
      help: 'Events of visitors, and of programs where they do not count as bots.',
    },
    {
      key: 'bots',
      name: 'Bots',
      value: unnamedEvents(answer) > 0 ? `${answer.bots.length}+` : answer.bots.length,
      note: 'by name',
      help: 'Bots with a name of their own: the browser that their user agent names.',
    },
    {
      key: 'views',
      name: 'Page views of bots',
      value: <Num value={pageViewsOf(answer)} />,
      help: 'Pages that bots viewed.',
    },
  ]
  return <FigureStrip label="Key figures" piece="bots.figures" figures={figures} />
}
