import type { Boot, RefusedFile } from '../provision/boots.ts'
import { moment } from './story-times.ts'

/** One start of a device, as lines for people. */
export function bootLines(boot: Boot): readonly string[] {
  const lines = [
    `${moment(boot.from)}  from ${boot.sources.join(', ')} over ${boot.transports.join(', ')}, boot ${boot.id}`,
    ...boot.userAgents.map((agent) => `  says it is     ${agent}`),
    ...listed('was given', boot.given),
    ...listed('had already', boot.unchanged),
    ...listed('broke off', boot.brokenOff),
    ...listed('not there', boot.notThere),
    ...listed('sent', boot.uploads),
    ...boot.refused.map(refusalLine),
    `  ${outcome(boot)}`,
  ]
  return lines.map(printable)
}

function listed(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`  ${what.padEnd(14)} ${names.join(', ')}`]
}

function refusalLine({ name, reason, source }: RefusedFile): string {
  return `  turned away    ${name}, asked from ${source}: ${reason}`
}

function outcome({ revision, isWhole, refused }: Boot): string {
  if (!revision) return refused.length > 0 ? '→ it got nothing' : '→ it took no file of its own'
  const { id, isWanted } = revision
  if (isWhole && isWanted) return `→ in sync: it has all files of revision ${id}`
  const what = `${isWhole ? 'it had all files' : 'these were files'} of revision ${id}`
  return `→ ${what}, ${isWanted ? 'which it should have' : 'which is no longer what it should be'}`
}

/**
 * Names and user agents were written by whoever asked: nothing in them may move the cursor of a person's terminal, or
 * look like a line of ours.
 */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?')
}
