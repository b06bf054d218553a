import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { readBody, usualBodyLimit } from '../http/body.ts'
import { ApiFailure } from '../http/failure.ts'
import type { Form } from './page.ts'

export const noForm: Form = formOf([], new Map())

/** What a page sent: its fields in their order, and its files. */
export async function readForm(request: IncomingMessage, limit = usualBodyLimit): Promise<Form> {
  const type = request.headers['content-type'] ?? ''
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    const bytes = await readBody(request, limit)
    return formOf([...new URLSearchParams(bytes.toString('utf8'))], new Map())
  }
  if (/^multipart\/form-data\s*;/i.test(type)) return manyParts(await readBody(request, limit), type)
  throw unfit('the body is not a form')
}

function manyParts(bytes: Buffer, type: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const pairs: [string, string][] = []
    const files = new Map<string, Buffer>()
    const busboy = new Busboy({ headers: { 'content-type': type } as BusboyHeaders })
    busboy.on('field', (name, value) => pairs.push([name, value]))
    busboy.on('file', (name, stream) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => files.set(name, Buffer.concat(pieces)))
    })
    busboy.on('finish', () => resolve(formOf(pairs, files)))
    busboy.on('error', () => reject(unfit('the form cannot be read')))
    busboy.end(bytes)
  })
}

function unfit(wrong: string): ApiFailure {
  return new ApiFailure(415, 'content-type-unfit', wrong, 'send it from its page')
}

/** A field that was left empty was not given; line ends are written in one way. */
function formOf(sent: readonly (readonly [string, string])[], files: ReadonlyMap<string, Buffer>): Form {
  const pairs = sent
    .map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()] as const)
    .filter(([, value]) => value !== '')
  return {
    one: (name) => pairs.find(([key]) => key === name)?.[1],
    all: (name) => pairs.filter(([key]) => key === name).map(([, value]) => value),
    file: (name) => files.get(name),
    fields: Object.fromEntries(pairs),
  }
}
