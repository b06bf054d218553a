import { createInterface } from 'node:readline'
import { readSettings, type Settings, type ShownSetting } from '../settings.ts'
import { Refusal } from './failure.ts'
import { type Progress, progressOn } from './progress.ts'
import { type Screen, screenOn } from './screen.ts'
import type { World } from './world.ts'

/** All that a verb needs of its surroundings. */
export interface Context {
  /** Whether a program reads: then stdout holds one JSON document and nothing else. */
  readonly json: boolean
  /** Whether a person reads stdout as it comes. */
  readonly isTerminal: boolean
  /** Fails, with all faults at once, when any setting is wrong. */
  settings(): Settings
  shownSettings(): readonly ShownSetting[]
  /** The result of a verb: the value as JSON, or else the text. */
  show(value: unknown, text: () => string): void
  /** A line on stdout. */
  out(line: string): void
  /** On stdout as they are, for a program or a file to take. */
  bytes(body: Uint8Array): void
  /** A line on stderr, for what is not the result. */
  err(line: string): void
  /** What comes in on stdin. */
  input(): AsyncIterable<Uint8Array | string>
  /** Yes or no from a person; without one there is a refusal. The verb offers `--yes` to do without. */
  confirm(question: string): Promise<boolean>
  progress(what: string): Progress
  /** Where a person looks on as it happens; absent when stdout goes elsewhere. */
  readonly screen?: Screen
}

export function contextIn(world: World, json: boolean): Context {
  const out = (line: string) => void world.stdout.write(`${line}\n`)
  const err = (line: string) => void world.stderr.write(`${line}\n`)
  return {
    json,
    isTerminal: world.stdout.isTTY === true,
    settings: () => goodSettings(world).settings,
    shownSettings: () => goodSettings(world).shown,
    show: (value, text) => out(json ? JSON.stringify(value, null, 2) : text()),
    out,
    bytes: (body) => void world.stdout.write(body),
    err,
    input: () => world.stdin,
    confirm: (question) => confirmIn(world, question),
    progress: (what) => progressOn(json ? undefined : world.stderr, what),
    ...(world.stdout.isTTY === true && !json ? { screen: screenOn(world.stdout) } : {}),
  }
}

function goodSettings(world: World): { settings: Settings; shown: readonly ShownSetting[] } {
  const reading = readSettings(world.env)
  if ('settings' in reading) return reading
  const count = reading.problems.length
  throw new Refusal(
    'settings',
    count === 1 ? 'a setting is wrong' : `${count} settings are wrong`,
    'correct them in the environment; the documentation of the command line lists them all',
    reading.problems.map(({ name, wrong, right }) => ({ path: name, wrong, right })),
  )
}

async function confirmIn(world: World, question: string): Promise<boolean> {
  if (world.stdin.isTTY !== true) {
    throw new Refusal(
      'nobody-to-ask',
      'this needs a yes, and nobody is there to give it',
      'say it beforehand with --yes',
    )
  }
  const reader = createInterface({ input: world.stdin, output: world.stderr })
  return new Promise((resolve) => {
    // The end of the input is an answer too: no.
    reader.once('close', () => resolve(false))
    reader.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()))
      reader.close()
    })
  })
}
