import { z } from 'zod';
import { contentFault, daySchema, textSchema } from './content';
import { recordType } from './spec';

const contentSchema = z.strictObject({
  sampleNo: textSchema,
  /** The month that the sample stands for. */
  sampleMonth: z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/),
  sampleKind: textSchema,
  received: daySchema,
});
type Content = z.infer<typeof contentSchema>;

/** Anchored by the lab when a sample arrives, before any test: what a back-dated report cannot get around. */
export const sampleReceipt = recordType<Content>({
  type: 'sample-receipt',
  title: { en: 'Sample receipt', zh: '样品接收' },
  content: contentSchema,
  filedBy: ['lab'],
  labels: 'optional',
  unit: 'unit',
  period: 'month',
  about: 'any',
  cites: () => [],
  versions: 'supersession',
  check: ({ content, record }) =>
    content.sampleMonth === record.subject.period
      ? []
      : [contentFault('sampleMonth', `the sample month must be ${record.subject.period}`)],
});
