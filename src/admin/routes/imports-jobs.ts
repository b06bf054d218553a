import { z } from 'zod'
import { maxImportBytes } from '../../fleet/import/sheet.ts'
import { defined } from '../../fleet/kept.ts'
import type { ImportJob } from '../../store/import-jobs.ts'
import { readBody } from '../http/body.ts'
import { nothingThere } from '../http/failure.ts'
import { problemSchema } from '../http/openapi.ts'
import type { Principal } from '../principal.ts'
import { type Route, route } from '../route.ts'
import type { Services } from '../services.ts'
import { instant, instantIf, time } from './devices-shown.ts'
import { importBody, importOf, importQuery } from './imports-done.ts'
import { beginImport, writingOf } from './imports-runner.ts'

const jobOf = z.object({
  id: z.int(),
  state: z.enum(['reading', 'checking', 'writing', 'done', 'failed']),
  beganAt: time,
  endedAt: time.optional(),
  rows: z.int().optional().describe('How many were read; absent until they are'),
  written: z.int().optional().describe('Of these, while they are written: all of them count, or none'),
  result: importOf.optional().describe('Once it is done'),
  failure: problemSchema
    .omit({ type: true, title: true, status: true, requestId: true })
    .optional()
    .describe('Why it failed; nothing was changed'),
})

const startImport = route({
  id: 'startImport',
  method: 'post',
  path: '/imports/jobs',
  summary: 'The same as /imports for large files: it goes on by itself, and its progress can be read',
  tag: 'imports',
  action: 'import.write',
  of: 'fleet',
  creates: true,
  query: importQuery,
  body: importBody,
  read: readBody,
  bodyLimit: maxImportBytes,
  answer: jobOf,
  async handle(call) {
    const { who, services } = call
    const owner = ownerOf(who)
    const id = await beginImport(services, { call, owner, bytes: call.body as Uint8Array })
    return { location: `/api/v1/imports/jobs/${id}`, body: await jobShown(services, id, owner) }
  },
})

const readImportJob = route({
  id: 'readImport',
  method: 'get',
  path: '/imports/jobs/{import}',
  summary: 'Read how far an import is, and what came of it; kept for a week, for who began it',
  tag: 'imports',
  action: 'import.write',
  of: 'fleet',
  params: z.object({ import: z.string().regex(/^\d{1,15}$/) }),
  answer: jobOf,
  async handle({ who, params, services }) {
    return { body: await jobShown(services, Number(params.import), ownerOf(who)) }
  },
})

function ownerOf({ kind, id }: Principal): string {
  return `${kind}:${id}`
}

async function jobShown(services: Services, id: number, owner: string): Promise<z.input<typeof jobOf>> {
  const job = await services.store.imports.find(id, owner)
  if (!job) throw nothingThere()
  const { state, rows, beganAt, endedAt } = job
  return {
    id,
    beganAt: instant(beganAt),
    ...defined({ endedAt: instantIf(endedAt), rows }),
    state,
    ...(endedAt === undefined ? writing(services, job) : {}),
    ...outcome(job),
  }
}

function writing(services: Services, { id, rows = 0 }: ImportJob): object {
  const at = writingOf(services, id)
  return at ? { state: 'writing', written: Math.floor((rows * at.done) / Math.max(1, at.total)) } : {}
}

function outcome({ state, outcome: came }: ImportJob): object {
  if (!came) return {}
  return state === 'done' ? { result: came } : { failure: came }
}

export const importJobRoutes: readonly Route[] = [startImport, readImportJob]
