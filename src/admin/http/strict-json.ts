import { ApiFailure } from './failure.ts'

/** Nested deeper than this nothing of ours is; whoever sends it wants to see what happens. */
const deepest = 32

/** One piece of JSON that matters for its structure: a bracket, a comma, a colon, a whole text. */
const piece = /[[\]{},:]|"(?:[^"\\]|\\.)*"/g

/** Names that mean something to JavaScript itself. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads JSON and refuses what two readers could understand differently: bytes that are not UTF-8, a name twice in one
 * object, names of JavaScript's own, nesting without end.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unfit('the body is not JSON', 'send one JSON value, and Content-Type: application/json')
  }
  checkNames(text)
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unfit('the body is not UTF-8', 'send JSON in UTF-8')
  }
}

/** Walks text that is known to be JSON. */
function checkNames(text: string): void {
  const open: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [found] of text.matchAll(piece)) {
    if (found === '{' || found === '[') {
      open.push(found === '{' ? new Set() : undefined)
      if (open.length > deepest) throw unfit(`the body is nested deeper than ${deepest}`, 'send it flatter')
    } else if (found === '}' || found === ']') {
      open.pop()
    } else if (found === ':') {
      checkName(JSON.parse(last ?? '""') as string, open.at(-1))
    }
    last = found
  }
}

function checkName(name: string, names: Set<string> | undefined): void {
  if (forbidden.has(name)) throw unfit(`there is no field "${name}"`, 'leave it out')
  if (names?.has(name)) {
    throw unfit(`the field "${name.slice(0, 40)}" is there twice in one object`, 'send each field once')
  }
  names?.add(name)
}

function unfit(wrong: string, right: string): ApiFailure {
  return new ApiFailure(400, 'body-unfit', wrong, right)
}
