import { z } from 'zod';
import { defineRoute } from './route';

const health = z.object({ status: z.enum(['ok', 'starting', 'degraded']), reason: z.string().optional() });

export const operateRoutes = {
  livez: defineRoute({
    method: 'GET',
    path: '/livez',
    tag: 'operate',
    access: 'anyone',
    summary: { en: 'Is the process alive', zh: '进程存活' },
    caching: 'none',
    answer: health,
  }),
  readyz: defineRoute({
    method: 'GET',
    path: '/readyz',
    tag: 'operate',
    access: 'anyone',
    summary: { en: 'Has it caught up with its peer', zh: '服务就绪' },
    caching: 'none',
    answer: health,
    problems: ['NOT_READY', 'ROLLED_BACK'],
  }),
  metrics: defineRoute({
    method: 'GET',
    path: '/metrics',
    tag: 'operate',
    access: 'anyone',
    summary: { en: 'Prometheus metrics', zh: '监控指标' },
    caching: 'none',
    answer: z.string(),
    mediaType: 'text/plain; charset=utf-8',
  }),
  openapi: defineRoute({
    method: 'GET',
    path: '/openapi.json',
    tag: 'operate',
    access: 'anyone',
    summary: { en: 'This interface as OpenAPI 3.1', zh: '接口描述（OpenAPI 3.1）' },
    answer: z.looseObject({ openapi: z.string() }),
  }),
};
