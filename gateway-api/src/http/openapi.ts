import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '@carbon-ledger/core';
import { problem, routes, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';

extendZodWithOpenApi(z);

/** Codes that any route may answer. */
const COMMON_PROBLEMS: readonly ErrorCode[] = ['BAD_REQUEST', 'RATE_LIMITED', 'INTERNAL'];

/** The interface as OpenAPI 3.1, from the route table alone. */
export function openApiDocument(version: string): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  for (const name of Object.keys(routes) as RouteName[]) registry.registerPath(pathOf(name, routes[name]));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Carbon Audit Ledger 碳审计账本',
      version,
      description:
        'Anchor, verify and trace. Errors are RFC 9457 problems that list every fault; codes are explained at /docs/errors.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  });
}

function pathOf(name: RouteName, route: RouteSpec): RouteConfig {
  return {
    method: route.method === 'GET' ? 'get' : 'post',
    path: route.path.replace('{+', '{'),
    operationId: name,
    tags: [route.tag],
    summary: `${route.summary.en} · ${route.summary.zh}`,
    ...(route.access === 'anyone'
      ? {}
      : { security: route.access === 'party' ? [{ session: [] }] : [{}, { session: [] }] }),
    request: requestOf(route),
    responses: { ...successOf(route), ...problemsOf(route) },
  };
}

function requestOf(route: RouteSpec): NonNullable<RouteConfig['request']> {
  const parts = { params: route.params as z.ZodObject, query: route.query as z.ZodObject };
  if (route.method === 'GET') return parts;
  const { body } = route.example;
  const content = { schema: route.body, ...(body === undefined ? {} : { example: body }) };
  return { ...parts, body: { required: true, content: { 'application/json': content } } };
}

function successOf(route: RouteSpec): RouteConfig['responses'] {
  const description = route.summary.en;
  const content = { [route.mediaType.split(';')[0] ?? route.mediaType]: { schema: route.answer } };
  return Object.fromEntries(route.statuses.map((status) => [status, { description, content }]));
}

function problemsOf(route: RouteSpec): RouteConfig['responses'] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...COMMON_PROBLEMS, ...route.problems]) {
    const status = catalogue[code].http;
    if (!route.statuses.includes(status)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: problem } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: [...new Set(codes)].join(', '), content }]),
  );
}
