import { z } from 'zod';
import type { Fault } from '../../errors';
import { contentFault, textSchema, titled, tonnesSchema } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';
import { serialFields } from './ccer-lot';

const ccerSyncContent = z.strictObject({
  projectRef: serialFields.projectRef,
  projectName: titled(textSchema, 'Project', '项目名称'),
  projectType: titled(textSchema.max(60), 'Kind of project', '项目类型'),
  qty: titled(tonnesSchema, 'Quantity, tCO2e', '数量（tCO2e）'),
});
export type CcerSyncContent = z.infer<typeof ccerSyncContent>;

/** What arrives is what was sent. */
function sameFaults({ content, scope }: CheckInput<CcerSyncContent>): Fault[] {
  const [synced] = scope.cited.get('synced') ?? [];
  return (['projectRef', 'qty'] as const)
    .filter((field) => synced !== undefined && synced.record.content[field] !== content[field])
    .map((field) => contentFault(field, `${String(synced?.key)} says ${String(synced?.record.content[field])}`));
}

/** 信息同步: the allowance registry has what was frozen, or cancelled in the earlier registry, before it as 待抵销. */
export const ccerSync: RecordTypeSpec<CcerSyncContent> = {
  type: 'ccer-sync',
  title: { en: 'CCER sync', zh: 'CCER 信息同步' },
  content: ccerSyncContent,
  filed: [{ by: 'allowance-registry', as: 'registry' }],
  labels: { names: 'any', required: true },
  unit: 'plant',
  period: 'year',
  process: 'posted',
  cites: () => [
    {
      role: 'synced',
      type: ['ccer-freeze', 'ccer-cancellation'],
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
      acts: true,
    },
  ],
  acts: () => [{ role: 'synced', trigger: 'ccer-sync' }],
  check: sameFaults,
  example: {
    projectRef: '1467848700000000001',
    projectName: '（虚构）并网海上风电项目 A',
    projectType: 'A0102',
    qty: '45000',
  },
};
