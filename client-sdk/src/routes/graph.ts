import { z } from 'zod';
import { defineRoute } from './route';
import { exampleUscc, region, uscc } from './schemas';

const period = z.string().regex(/^[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?$/, 'neither a year (YYYY) nor a month (YYYY-MM)');

export const graphRoutes = {
  getGraph: defineRoute({
    method: 'GET',
    path: '/v1/graph',
    tag: 'proofs',
    access: 'optional',
    summary: {
      en: 'Relations of a region and period as a graph: PROV-O in JSON-LD, or GraphML (streamed)',
      zh: '按地区与时段导出数据关系图谱（PROV-O/JSON-LD 或 GraphML，流式）',
    },
    query: z
      .strictObject({
        /** Before what is accepted; without either JSON-LD. */
        format: z.enum(['jsonld', 'graphml']).optional(),
        region: region.optional(),
        party: uscc.optional(),
        /** First and last month or year of what records are about; without both of them all are shown. */
        from: period.optional(),
        to: period.optional(),
      })
      .refine(({ from, to }) => from === undefined || to === undefined || from.slice(0, 7) <= `${to}-12`.slice(0, 7), {
        path: ['to'],
        message: 'the end lies before the beginning',
      }),
    answer: z.string(),
    mediaType: 'application/ld+json',
    alsoAs: ['application/graphml+xml'],
    problems: ['PARTY_UNKNOWN'],
    example: { query: { party: exampleUscc, from: '2024', to: '2024', format: 'graphml' } },
  }),
};
