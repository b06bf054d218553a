import { z } from 'zod'
import type { Route } from '../route.ts'

/** OpenAPI 3.1 of all operations, made from the very schemas that check requests. */
export function openApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = paths[route.path] ?? {}
    paths[route.path] = path
    path[route.method] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bootline',
      version,
      description: 'What phones should be, what they are, and the way from one to the other.',
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'bootline',
          description: 'Somebody signed in at the portal',
        },
      },
      schemas: { Problem: schemaOf(problemSchema) },
    },
  }
}

function operation(route: Route): object {
  const success = String(route.creates ? 201 : route.answer ? 200 : 204)
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.tag],
    'x-action': route.action,
    parameters: [
      ...parameters(route.params, 'path', route.path),
      ...parameters(route.query, 'query', route.path),
      ...(route.guarded
        ? [header('If-Match', route.guarded === true, 'The ETag of the state that is changed')]
        : []),
      ...(route.creates
        ? [header('Idempotency-Key', false, 'The same key makes it once, however often it is sent')]
        : []),
    ],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: bodies(route.body, route.alsoAs ?? []),
          },
        }
      : {}),
    responses: {
      [success]: { description: 'Done', ...content(route.answer) },
      default: {
        description: 'What is wrong, where, and what would be right',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function bodies(body: z.ZodType, alsoAs: readonly string[]): object {
  const schema = schemaOf(body, 'input')
  return Object.fromEntries(['application/json', ...alsoAs].map((type) => [type, { schema }]))
}

function content(answer: Route['answer']): object {
  if (!answer) return {}
  if ('contentType' in answer) return { content: { [answer.contentType]: { schema: { type: 'string' } } } }
  return { content: { 'application/json': { schema: schemaOf(answer) } } }
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query', path: string): readonly object[] {
  if (!(schema instanceof z.ZodObject)) {
    if (place === 'query') return []
    return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
  }
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || !of.safeParse(undefined).success,
    ...(of.description === undefined ? {} : { description: of.description }),
    schema: schemaOf(of, 'input'),
  }))
}

function header(name: string, required: boolean, description: string): object {
  return { name, in: 'header', required, description, schema: { type: 'string' } }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const code = z.string().describe('Stable: programs may depend on it')

export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code,
  detail: z.string(),
  remedy: z.string(),
  problems: z
    .array(
      z.object({
        code,
        severity: z.enum(['error', 'warning']),
        path: z.string(),
        wrong: z.string(),
        right: z.string(),
      }),
    )
    .optional(),
  requestId: z.string(),
})
