import { z } from 'zod';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { contentFault, textSchema, titled } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';
import { serialFields } from './ccer-lot';

const ccerReleaseContent = z.strictObject({
  serialFrom: serialFields.serialFrom,
  serialTo: serialFields.serialTo,
  reason: titled(textSchema, 'Reason', '解冻原因'),
});
export type CcerReleaseContent = z.infer<typeof ccerReleaseContent>;

/** A freeze is released whole: what of it was cancelled stays cancelled, the rest is held again. */
function sameFaults({ content, scope }: CheckInput<CcerReleaseContent>): Fault[] {
  const [freeze] = citedOf(scope, 'ccer-freeze', 'ccer-freeze');
  return (['serialFrom', 'serialTo'] as const)
    .filter((field) => freeze !== undefined && freeze.content[field] !== content[field])
    .map((field) => contentFault(field, `the freeze says ${String(freeze?.content[field])}`));
}

/** 解冻: what is left of a freeze goes back to its holder. */
export const ccerRelease: RecordTypeSpec<CcerReleaseContent> = {
  type: 'ccer-release',
  title: { en: 'CCER release', zh: 'CCER 解冻' },
  content: ccerReleaseContent,
  filed: [{ by: 'ccer-registry', as: 'registry' }],
  labels: { names: 'any', required: true },
  unit: 'plant',
  period: 'year',
  process: 'continued',
  cites: () => [
    { role: 'ccer-freeze', type: 'ccer-freeze', min: 1, max: 1, same: ['uscc', 'unit', 'year'], acts: true },
  ],
  acts: () => [{ role: 'ccer-freeze', trigger: 'ccer-release' }],
  effects: ({ record, content: { serialFrom, serialTo } }) => {
    const key = record.cites.find(({ role }) => role === 'ccer-freeze')?.key ?? '';
    return [{ do: 'take-serials', space: 'frozen', serialFrom, serialTo, of: key }];
  },
  undo: 'refused',
  check: sameFaults,
  example: { serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000', reason: '企业撤回抵销申请' },
};
