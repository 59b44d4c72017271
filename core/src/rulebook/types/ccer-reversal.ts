import { z } from 'zod';
import type { Fault } from '../../errors';
import { parseBusinessKey, parseSerialRange, typeOfKind } from '../../identifiers';
import type { LedgerRecord } from '../../records/record';
import { overlappingSpan } from '../../state/serials';
import { contentFault, textSchema, titled } from '../content';
import { correctionKind } from '../correction';
import type { Effect } from '../effects';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';
import { ccerCancellationContent } from './ccer-cancellation';
import { serialEffect, serialFaults, serialFields } from './ccer-lot';

const ccerReversalContent = z.strictObject({
  serialFrom: serialFields.serialFrom,
  serialTo: serialFields.serialTo,
  qty: serialFields.qty,
  /** As the reversed cancellation says it; absent for a lot. */
  purpose: ccerCancellationContent.shape.purpose.optional(),
  statement: titled(textSchema, 'What was wrong', '冲正说明'),
});
export type CcerReversalContent = z.infer<typeof ccerReversalContent>;
type Input = CheckInput<CcerReversalContent>;
type Conditions = ConditionInput<CcerReversalContent>;

function reversedType(record: LedgerRecord): string {
  const cited = record.cites.find(({ role }) => role === 'reversed');
  return cited === undefined ? '' : typeOfKind(parseBusinessKey(cited.key).kind);
}

/** A slip is reversed whole: what the reversal names is what the record named. */
function sameFaults({ content, record, scope }: Input): Fault[] {
  const [reversed] = scope.cited.get('reversed') ?? [];
  if (reversed === undefined) return [];
  const fields = ['serialFrom', 'serialTo', 'qty', 'purpose'] as const;
  const differs = fields.filter((field) => reversed.record.content[field] !== content[field]);
  const faults = differs.map((field) =>
    contentFault(field, `the reversed record says ${String(reversed.record.content[field])}`),
  );
  const expected = correctionKind('ccer-reversal', reversed.record.kind);
  if (record.kind !== expected)
    faults.push({ path: '/kind', code: 'BAD_RECORD', message: `the kind must be ${expected}` });
  return faults;
}

/** A lot of which anything was used stays. */
async function usedFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  if (reversedType(record) !== 'ccer-lot') return [];
  const used = await overlappingSpan(state, 'used', parseSerialRange(content.serialFrom, content.serialTo));
  if (used === undefined) return [];
  const message = `numbers of the lot were used by ${used.key}: reverse that first`;
  return [contentFault('serialFrom', message, { holder: used.key }, 'STATE_CONFLICT')];
}

function effects({ record, content, cited }: EffectInput<CcerReversalContent>): Effect[] {
  const isLot = reversedType(record) === 'ccer-lot';
  const { uscc, period } = record.subject;
  const project = String(cited('reversed')[0]?.content['projectRef']);
  const freed = serialEffect('free-serials', isLot ? 'lot' : 'used', content);
  return content.purpose === 'national-offset'
    ? [freed, { do: 'offset', uscc, year: period, cancelled: { project, qty: `-${content.qty}` } }]
    : [freed];
}

/** CCER 冲正: the registry takes back its own slip, up to the booking of what it is about. The serial numbers are free again. */
export const ccerReversal: RecordTypeSpec<CcerReversalContent> = {
  type: 'ccer-reversal',
  title: { en: 'CCER reversal', zh: 'CCER 冲正' },
  content: ccerReversalContent,
  filed: [{ by: 'ccer-registry', as: 'registry' }],
  labels: { names: 'any', required: true },
  unit: 'any',
  period: 'any',
  process: 'continued',
  cites: () => [
    {
      role: 'reversed',
      type: ['ccer-lot', 'ccer-cancellation'],
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'period'],
      acts: true,
    },
  ],
  acts: () => [{ role: 'reversed', trigger: 'ccer-reversal' }],
  effects,
  undo: 'refused',
  check: (input) => {
    const faults = serialFaults(input.content);
    return faults.length > 0 ? faults : sameFaults(input);
  },
  conditions: usedFaults,
  example: {
    serialFrom: 'FIC-A-000000001',
    serialTo: 'FIC-A-000045000',
    qty: '45000',
    purpose: 'national-offset',
    statement: '数量录入错误',
  },
};
