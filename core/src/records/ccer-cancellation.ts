import { z } from 'zod';
import type { Fault } from '../errors';
import { parseSerialRange } from '../identifiers';
import { statedFigure } from '../methodology/define';
import { serialEffect, serialFaults, serialFields } from './ccer-lot';
import { contentFault, daySchema } from './content';
import { recordType, type CheckInput } from './spec';

const contentSchema = z.strictObject({
  ...serialFields,
  /** Only a cancellation for the national market can be used for surrender there. */
  purpose: z.enum(['national-offset', 'voluntary', 'pilot-market', 'other']),
  account: z.string().max(80).nullable(),
  cancelledOn: daySchema.nullable(),
});
type Content = z.infer<typeof contentSchema>;

/** The cancelled numbers must lie inside the cited lot of the same project. */
function lotFaults({ content, scope }: CheckInput<Content>): Fault[] {
  const [lot] = scope.cited.get('ccer-lot') ?? [];
  const registered = lot?.record.content as { projectRef: string; serialFrom: string; serialTo: string } | undefined;
  if (!registered) return [];
  if (registered.projectRef !== content.projectRef)
    return [contentFault('projectRef', 'the cited lot is of another project', {}, 'SERIAL_NOT_ISSUED')];
  const issued = parseSerialRange(registered.serialFrom, registered.serialTo);
  const used = parseSerialRange(content.serialFrom, content.serialTo);
  if (issued.block === used.block && issued.from <= used.from && used.to <= issued.to) return [];
  return [
    contentFault(
      'serialFrom',
      `the lot holds ${registered.serialFrom} to ${registered.serialTo}`,
      {},
      'SERIAL_NOT_ISSUED',
    ),
  ];
}

function quantityFaults({ content, scope }: CheckInput<Content>): Fault[] {
  const got = scope.figures.get('ccerQty_tCO2')?.value;
  if (got === content.qty) return [];
  const details = { figure: 'ccerQty_tCO2', expected: content.qty, got: got ?? null, step: 'ccer.quantity' };
  return [
    { path: '/totals/ccerQty_tCO2', code: 'FIGURE_MISMATCH', message: `the range holds ${content.qty} t`, details },
  ];
}

/** CCER 注销 for one enterprise and compliance year. Its serial numbers can never be used again. */
export const ccerCancellation = recordType<Content>({
  type: 'ccer-cancellation',
  title: { en: 'CCER cancellation', zh: 'CCER 注销' },
  content: contentSchema,
  filedBy: ['ccer-registry'],
  labels: 'optional',
  unit: 'plant',
  period: 'year',
  about: 'any',
  cites: () => [{ role: 'ccer-lot', type: 'ccer-lot', min: 1, max: 1 }],
  versions: 'single',
  figures: () => [statedFigure('ccerQty_tCO2', 'tCO2', 0, [], { visibility: 'public' })],
  serials: (content) => serialEffect('used', content),
  check: (input) => {
    const faults = serialFaults(input.content);
    return faults.length > 0 ? faults : [...lotFaults(input), ...quantityFaults(input)];
  },
});
