import { z } from 'zod';
import type { Fault } from '../../errors';
import { figureTable } from '../../methodology/recompute';
import { citedOf } from '../cited';
import { dueTerms } from '../due-terms';
import { contentFault, factSchema, textSchema, titled, titledChoice } from '../content';
import { factFaults } from '../facts';
import type { LedgerRecord } from '../../records/record';
import { listingFaults } from '../listing';
import { citesMethodology, type CheckInput, type CitationRule, type RecordTypeSpec } from '../spec';

/** Beside the fields that every determination has, a sector's methodology may ask for facts of its own, by their names. */
const allowanceIssuanceContent = z
  .object({
    phase: titledChoice(
      {
        pre: { en: 'Pre-allocation', zh: '预分配' },
        final: { en: 'Final', zh: '核定' },
        adjustment: { en: 'Adjustment', zh: '调整' },
      },
      'Phase',
      '阶段',
    ),
    notice: titled(textSchema, 'Notice', '通知'),
    /** Of an adjustment: what it follows on (changed verification result, decision, finding). */
    reason: titledChoice(
      {
        verification: { en: 'Verification result changed', zh: '核查结果变更' },
        decision: { en: 'Decision on an objection', zh: '复核决定' },
        finding: { en: 'Finding of an inspection', zh: '检查发现' },
      },
      'Reason',
      '调整原因',
    ).optional(),
  })
  .catchall(factSchema);
export type AllowanceIssuanceContent = z.infer<typeof allowanceIssuanceContent>;

const same = ['uscc', 'year'] as const;
const ofUnit = ['uscc', 'unit', 'year'] as const;

function preCitations(record: LedgerRecord): CitationRule[] {
  if (record.subject.unit !== 'PLANT') return [];
  return [
    {
      role: 'unit-issuance',
      type: 'allowance-issuance',
      kind: 'allowance-issuance.pre',
      min: 1,
      max: 40,
      same,
      of: 'units',
      everyUnit: true,
    },
  ];
}

/** An adjustment is computed as the determination was, from what stands now, and acts on what it adjusts. */
function finalCitations(record: LedgerRecord): CitationRule[] {
  const isAdjustment = record.kind === 'allowance-issuance.adjustment';
  const shared: CitationRule[] = [
    ...(isAdjustment
      ? [
          {
            role: 'issuance',
            type: 'allowance-issuance',
            kind: 'allowance-issuance',
            min: 1,
            max: 1,
            same: ofUnit,
            acts: true,
          } as const,
        ]
      : []),
    { role: 'verification-conclusion', type: 'verification-conclusion', min: 1, max: 1, same: ofUnit },
    { role: 'pre-issuance', type: 'allowance-issuance', kind: 'allowance-issuance.pre', min: 0, max: 1, same: ofUnit },
  ];
  if (record.subject.unit === 'PLANT') {
    return [
      ...shared,
      // Of a sector that gives its enterprises what they are given as a whole (steel).
      ...(record.cites.some(({ role }) => role === 'annual-report')
        ? [{ role: 'annual-report', type: 'annual-report', min: 0, max: 1, same: ofUnit } as const]
        : []),
      {
        role: 'unit-issuance',
        type: 'allowance-issuance',
        ...(isAdjustment ? {} : { kind: 'allowance-issuance' }),
        min: 0,
        max: 40,
        same,
        of: 'units',
        everyUnit: true,
      },
    ];
  }
  return [
    ...shared,
    { role: 'quality-control-plan', type: 'quality-control-plan', min: 1, max: 1, same: ofUnit },
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ofUnit },
  ];
}

function phaseFaults({ content, record, scope }: CheckInput<AllowanceIssuanceContent>): Fault[] {
  const expected = record.kind.split('.')[1] ?? 'final';
  const faults: Fault[] = [];
  if (content.phase !== expected) faults.push(contentFault('phase', `${record.kind} is of phase ${expected}`));
  if ((expected === 'adjustment') !== (content.reason !== undefined))
    faults.push(contentFault('reason', 'an adjustment, and nothing else, gives its reason'));
  const units = citedOf(scope, 'unit-issuance', 'allowance-issuance');
  const isPre = units.some(({ content: { phase } }) => phase === 'pre');
  if (expected === 'adjustment' && isPre)
    faults.push(contentFault('phase', 'a pre-allocation is no determination of a unit'));
  return faults;
}

/** Where the methodology says nothing (coal power up to 2024), there was a pre-allocation, and units are determined by themselves. */
const usual: Readonly<Record<string, readonly string[]>> = {
  unit: ['pre-issuance'],
  plant: ['pre-issuance', 'unit-issuance'],
};

/**
 * Whether anything was allocated before, and whether units are determined by themselves, differs between the sectors: their
 * methodologies say so. So a determination rests on what its methodology asks of it.
 */
function restFaults({ record, scope }: CheckInput<AllowanceIssuanceContent>): Fault[] {
  const [methodology] = citedOf(scope, 'methodology', 'methodology');
  if (methodology === undefined || record.kind === 'allowance-issuance.pre') return [];
  const table = figureTable('allowance-issuance', record.subject.unit);
  const profile = methodology.content.profile?.[table];
  const asked = Object.entries(profile?.cites ?? {}).flatMap(([role, { min }]) => (min > 0 ? [role] : []));
  const roles = profile === undefined ? (usual[table.split('@')[1] ?? ''] ?? []) : asked;
  return roles
    .filter((role) => !record.cites.some((one) => one.role === role))
    .map((role) => ({
      path: '/cites',
      code: 'CITATION_MISSING',
      message: `cites nothing as ${role}, which the methodology asks of ${table}`,
      details: { role },
    }));
}

/**
 * 配额核定: pre-allocation (`allowance-issuance.pre`), final determination (`allowance-issuance`) and its adjustment
 * (`allowance-issuance.adjustment`), recomputed by the methodology: gap cap of the enterprise, top-up of gas units.
 */
export const allowanceIssuance: RecordTypeSpec<AllowanceIssuanceContent> = {
  type: 'allowance-issuance',
  title: { en: 'Allowance issuance', zh: '配额发放' },
  content: allowanceIssuanceContent,
  filed: [{ by: 'province-authority', as: 'region' }],
  labels: { names: ['pre', 'adjustment'] },
  unit: 'unit-or-plant',
  period: 'year',
  process: 'allowances',
  follows: 'verification-conclusion',
  due: dueTerms['allowance-issuance'],
  cites: (record) => [
    ...citesMethodology,
    ...(record.kind === 'allowance-issuance.pre' ? preCitations(record) : finalCitations(record)),
  ],
  acts: ({ kind }) => (kind === 'allowance-issuance.adjustment' ? [{ role: 'issuance', trigger: kind }] : []),
  // Only before anything was issued, says the process; and an adjustment, which acts on what it adjusts, never.
  undo: () => [],
  check: (input) => [
    ...factFaults(input.scope, input.content, allowanceIssuanceContent.shape),
    ...phaseFaults(input),
    ...restFaults(input),
  ],
  conditions: ({ record, state }) => listingFaults(record.subject, state),
  example: { phase: 'final', notice: '2024 年度配额核定通知' },
};
