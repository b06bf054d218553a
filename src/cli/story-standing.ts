import { type Alarm, alarmLimits } from '../domain/alarms.ts'
import { inPlainWords } from '../domain/refusals.ts'
import { type DeviceFacts, hasItsFiles, type Standing } from '../domain/standing.ts'
import { moment } from './story-times.ts'

export function standingText(standing: Standing, device: DeviceFacts): string {
  switch (standing) {
    case 'in-sync':
      return 'in sync'
    case 'behind':
      return 'behind'
    case 'awaited':
      return `waiting for first contact (until ${moment(device.window?.expiresAt ?? 0)})`
    case 'never-seen':
      return 'never seen'
    case 'turned-away':
      return `turned away ${moment(device.refusals?.at ?? 0)}`
    case 'unlinked':
      return hasItsFiles(device) ? 'unlinked, reset' : 'unlinked, not reset yet'
  }
}

const shortly: Readonly<Record<Alarm, string>> = {
  'never-seen': 'never seen',
  'turned-away': 'turned away',
  'old-files': 'keeps its old files',
  'reboot-loop': 'starts again and again',
}

/** In a word or two each, for a list. */
export function alarmsText(alarms: readonly Alarm[]): string {
  return alarms.map((alarm) => shortly[alarm]).join(', ')
}

/** What is wrong, for whoever has to put it right. */
export function alarmInWords(alarm: Alarm, { refusals, starts }: DeviceFacts): string {
  switch (alarm) {
    case 'never-seen':
      return 'it has had no file, and its window is over: is it connected, and pointed at this server?'
    case 'turned-away': {
      const count = refusals?.count ?? 0
      const times = count === 1 ? 'turned away' : `turned away ${count} times`
      return `it was ${times} since it had a file last: ${inPlainWords(refusals?.why)}`
    }
    case 'old-files':
      return `it has started ${alarmLimits.startsForFiles} times or more since its files changed, and has not taken them`
    case 'reboot-loop':
      return `it has started ${starts.length} times or more within an hour, and nothing was changed for it`
  }
}
