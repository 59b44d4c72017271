import { z } from 'zod';
import { parseSerialRange, serialCount } from '../identifiers';
import { isLedgerError, type Fault } from '../errors';
import { contentFault, textSchema } from './content';
import { recordType, type SerialEffect } from './spec';

export const serialFields = {
  projectRef: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  serialFrom: z.string().max(60),
  serialTo: z.string().max(60),
  /** Whole tonnes: one CCER is one tCO2e. */
  qty: z.string().regex(/^[1-9][0-9]{0,17}$/),
};

interface SerialContent {
  readonly projectRef: string;
  readonly serialFrom: string;
  readonly serialTo: string;
  readonly qty: string;
}

/** The range must be one of a single block, in order, and hold exactly `qty` numbers. */
export function serialFaults(content: SerialContent): Fault[] {
  try {
    const count = serialCount(parseSerialRange(content.serialFrom, content.serialTo));
    if (count === BigInt(content.qty)) return [];
    return [contentFault('qty', `the range holds ${count.toString()} serial numbers, not ${content.qty}`)];
  } catch (error) {
    if (isLedgerError(error)) return [contentFault('serialFrom', error.message)];
    throw error;
  }
}

export function serialEffect(space: SerialEffect['space'], content: SerialContent): SerialEffect {
  return { space, project: content.projectRef, serialFrom: content.serialFrom, serialTo: content.serialTo };
}

const contentSchema = z.strictObject({ ...serialFields, projectName: textSchema, methodology: z.string().max(60) });
type Content = z.infer<typeof contentSchema>;

/** A lot of issued CCERs: which serial numbers of a project exist. */
export const ccerLot = recordType<Content>({
  type: 'ccer-lot',
  title: { en: 'CCER lot', zh: 'CCER 签发批次' },
  content: contentSchema,
  filedBy: ['ccer-registry'],
  labels: 'optional',
  unit: 'any',
  period: 'none',
  about: 'self',
  cites: () => [],
  versions: 'single',
  serials: (content) => serialEffect('lot', content),
  check: ({ content }) => serialFaults(content),
});
