import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '@carbon-ledger/core';
import { impactRow, problem, problemsOf, routes, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';
import { withMembersLeftOut } from './openapi-optional';
import { describedRoute, tagsWithWords } from './openapi-words';

extendZodWithOpenApi(z);

/** The interface as OpenAPI 3.1, from the route table alone. */
export function openApiDocument(version: string): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  const named = Object.entries<RouteSpec>(routes);
  for (const [name, route] of named) registry.registerPath(pathOf(name as RouteName, route));
  const schemas = named.flatMap(([, { params, query, headers, body, answer }]) => [
    params,
    query,
    headers,
    body,
    answer,
  ]);
  return withMembersLeftOut([...schemas, jsonLd, impactRow, problem], () => documentOf(registry, version));
}

function documentOf(registry: OpenAPIRegistry, version: string): object {
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Carbon Audit Ledger 碳审计账本',
      version,
      description:
        'Anchor, verify and trace. Errors are RFC 9457 problems that list every fault; codes are explained at /docs/errors. How to sign in, sign and retry: docs/integration.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: tagsWithWords,
  });
}

function pathOf(name: RouteName, route: RouteSpec): RouteConfig {
  return {
    method: route.method === 'GET' ? 'get' : 'post',
    path: route.path.replace('{+', '{'),
    operationId: name,
    tags: [route.tag],
    summary: `${route.summary.en} · ${route.summary.zh}`,
    description: describedRoute(route),
    ...(route.access === 'anyone'
      ? {}
      : { security: route.access === 'party' ? [{ session: [] }] : [{}, { session: [] }] }),
    request: requestOf(route),
    responses: { ...successOf(route), ...problemResponses(route) },
  };
}

/** Of every request that may be shown private figures. */
const purposeHeader = {
  'x-purpose': z.string().max(1800).optional().meta({
    description:
      'What private figures are read for: percent-encoded UTF-8 of at most 200 characters, kept in the log of reads',
  }),
};

function requestOf(route: RouteSpec): NonNullable<RouteConfig['request']> {
  const headers = route.access === 'anyone' ? route.headers : route.headers.extend(purposeHeader);
  const parts = { params: route.params as z.ZodObject, query: route.query as z.ZodObject, headers };
  if (route.method === 'GET') return parts;
  const { body } = route.example;
  const content = { schema: route.body, ...(body === undefined ? {} : { example: body }) };
  return { ...parts, body: { required: true, content: { 'application/json': content } } };
}

const textOf = (description: string): { description: string; schema: { type: 'string' } } => ({
  description,
  schema: { type: 'string' },
});

function successOf(route: RouteSpec): RouteConfig['responses'] {
  const description = route.summary.en;
  const types = [route.mediaType, ...route.alsoAs];
  const content = Object.fromEntries(types.map((type) => [bare(type), { schema: schemaAs(type, route) }]));
  const answer: ResponseConfig = { description, content, headers: headersOf(route) };
  const answers = Object.fromEntries(route.statuses.map((status) => [status, answer]));
  return route.caching === 'none' || route.method !== 'GET'
    ? answers
    : { ...answers, 304: { description: 'Not changed since the ETag that was sent' } };
}

/** A graph comes as a stream of text, so its route has no schema of its own; a client reads JSON all the same. */
const jsonLd = z
  .looseObject({ '@context': z.looseObject({}), '@graph': z.array(z.looseObject({ '@id': z.string() })) })
  .meta({ id: 'JsonLdGraph', description: 'Relations by PROV-O, as JSON-LD' });

/** An answer in another form is text; what it says is not described again. */
function schemaAs(type: string, route: RouteSpec): z.ZodType {
  if (type === 'application/ld+json') return jsonLd;
  if (type === 'application/x-ndjson') return impactRow;
  return type === route.mediaType ? route.answer : z.string();
}

function headersOf(route: RouteSpec): Record<string, ReturnType<typeof textOf>> {
  return {
    'X-Request-Id': textOf('Names this request in the log of the service'),
    ...(route.caching === 'none' ? {} : { ETag: textOf('Send it as If-None-Match to hear only of a change') }),
    ...('cursor' in shapeOf(route.query) ? { Link: textOf('The next page, rel="next" (RFC 8288)') } : {}),
  };
}

function shapeOf(schema: z.ZodType): object {
  return schema instanceof z.ZodObject ? schema.shape : {};
}

function bare(type: string): string {
  return type.split(';')[0] ?? type;
}

const PROBLEM_HEADERS: Readonly<Record<number, string>> = {
  401: 'WWW-Authenticate',
  405: 'Allow',
  429: 'Retry-After',
  503: 'Retry-After',
};

function problemResponses(route: RouteSpec): RouteConfig['responses'] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of problemsOf(route)) {
    const status = catalogue[code].http;
    if (!route.statuses.includes(status)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: problem } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const header = PROBLEM_HEADERS[status];
      const headers = header === undefined ? {} : { headers: { [header]: textOf('As the status asks for') } };
      return [status, { description: codes.join(', '), content, ...headers }];
    }),
  );
}
