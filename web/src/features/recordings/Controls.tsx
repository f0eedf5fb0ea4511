// The controls under the bar: play, steps, time, speed, skipping, and full screen.
import { ActionIcon, SegmentedControl, Switch, Tooltip } from '@mantine/core'
import {
  type Icon,
  IconArrowsMaximize,
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRefresh,
  IconRewindBackward5,
  IconRewindForward5,
} from '@tabler/icons-react'
import { clock, SPEEDS } from './model'
import classes from './Player.module.css'

type Props = {
  state: { ms: number; isPlaying: boolean; isFinished: boolean }
  length: number
  speed: number
  skips: boolean
  goesOn: boolean
  hasMarks: boolean
  onToggle: () => void
  onStep: (ms: number) => void
  onJump: (direction: 1 | -1) => void
  onSpeed: (speed: number) => void
  onSkips: (skips: boolean) => void
  onFullScreen: () => void
}

function Act({
  label,
  icon: Glyph,
  isDisabled = false,
  onClick,
}: {
  label: string
  icon: Icon
  isDisabled?: boolean
  onClick: () => void
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="lg" aria-label={label} disabled={isDisabled} onClick={onClick}>
        <Glyph size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}

export function Controls({
  state,
  length,
  speed,
  skips,
  goesOn,
  hasMarks,
  onToggle,
  onStep,
  onJump,
  onSpeed,
  onSkips,
  onFullScreen,
}: Props) {
  const [label, glyph] = state.isPlaying
    ? ['Pause (space)', IconPlayerPauseFilled]
    : state.isFinished
      ? ['Play again (space)', IconRefresh]
      : ['Play (space)', IconPlayerPlayFilled]
  return (
    <div className={classes.controls} role="toolbar" aria-label="Playback">
      <div className={classes.group}>
        <Act label={label} icon={glyph} onClick={onToggle} />
        <Act label="Back 5 s (←)" icon={IconRewindBackward5} onClick={() => onStep(-5_000)} />
        <Act label="Forward 5 s (→)" icon={IconRewindForward5} onClick={() => onStep(5_000)} />
        <span className={classes.time}>
          <b>{clock(state.ms)}</b> / {clock(length)}
        </span>
        {goesOn && <span className={classes.live}>Recording now</span>}
      </div>
      <div className={classes.group}>
        <Act label="Previous mark (shift ←)" icon={IconChevronLeft} isDisabled={!hasMarks} onClick={() => onJump(-1)} />
        <Act label="Next mark (shift →)" icon={IconChevronRight} isDisabled={!hasMarks} onClick={() => onJump(1)} />
        <Switch
          size="xs"
          label="Skip inactivity"
          checked={skips}
          onChange={(event) => onSkips(event.currentTarget.checked)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Speed"
          value={String(speed)}
          onChange={(value) => onSpeed(Number(value))}
          data={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
        />
        <Act label="Full screen (f)" icon={IconArrowsMaximize} onClick={onFullScreen} />
      </div>
    </div>
  )
}
