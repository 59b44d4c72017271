import { z } from 'zod';
import { contentFault, daySchema, decimalSchema, numberSchema, textSchema, titled } from '../content';
import { isFuture } from '../authority';
import { sampleFaults, sampleFields, sampleLabel } from '../carbon-samples';
import type { RecordTypeSpec } from '../spec';

const sampleReceiptContent = z.strictObject({
  sampleNo: titled(numberSchema, 'Sample number', '样品编号'),
  /** The month that the sample stands for. */
  sampleMonth: titled(z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/), 'Month of the sample', '样品所属月份'),
  sampleKind: titled(textSchema, 'Kind of sample', '样品类型'),
  received: titled(daySchema, 'Received on', '收样日期'),
  /** As it came in: R-X19, and R-D10 beside what the report says. */
  weight_g: titled(decimalSchema.optional(), 'Weight of the sample, g', '样品重量（g）'),
  courierNo: titled(numberSchema.optional(), 'Courier slip', '快递单号'),
  ...sampleFields,
});
export type SampleReceiptContent = z.infer<typeof sampleReceiptContent>;

/** Anchored by the lab when a sample arrives, before any test: what a back-dated report cannot get around. */
export const sampleReceipt: RecordTypeSpec<SampleReceiptContent> = {
  type: 'sample-receipt',
  title: { en: 'Sample receipt', zh: '样品接收' },
  content: sampleReceiptContent,
  filed: [{ by: 'lab', as: 'engaged' }],
  labels: { names: 'any', ...sampleLabel },
  unit: 'unit',
  period: 'month',
  process: 'corrigible',
  cites: () => [],
  check: ({ content, record, time }) => [
    ...sampleFaults(record, content),
    ...(isFuture(content.received, time)
      ? [contentFault('received', 'a sample is received before it is anchored')]
      : []),
  ],
  example: { sampleNo: 'U1-2024-01', sampleMonth: '2024-01', sampleKind: '月缩分样', received: '2024-02-04' },
};
