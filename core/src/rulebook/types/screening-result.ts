import { z } from 'zod';
import type { Fault } from '../../errors';
import { numberOf } from '../authority';
import { contentFault, textSchema, titled, titledChoice } from '../content';
import type { CheckInput, RecordTypeSpec } from '../spec';

const severities = {
  block: { en: 'Blocks', zh: '阻断' },
  warn: { en: 'Needs an explanation', zh: '需说明' },
  info: { en: 'Information', zh: '提示' },
} as const;

const ruleSchema = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,19}$/, 'not the id of a rule (R-X01)');
const countSchema = z.int().min(0).max(1_000_000);

const findingSchema = z.strictObject({
  rule: titled(ruleSchema, 'Rule', '规则'),
  severity: titledChoice(severities, 'Severity', '级别'),
  /** Figures that it is about: `USCC/UNIT/PERIOD/KIND#figure`. Never their values. */
  addresses: titled(z.array(z.string().min(1).max(240)).min(1).max(40), 'Figures', '涉及数据'),
});

const scopeSchema = z.strictObject({
  of: titledChoice(
    {
      plant: { en: 'One plant', zh: '单个企业' },
      region: { en: 'A region', zh: '地区' },
      all: { en: 'All', zh: '全部' },
    },
    'Screened',
    '筛查范围',
  ),
  /** USCC of a plant, digits of a region. */
  code: titled(
    z
      .string()
      .regex(/^[0-9A-Z]{1,18}$/)
      .optional(),
    'Code',
    '代码',
  ),
  year: titled(z.string().regex(/^[0-9]{4}$/, 'not a year'), 'Year', '年度'),
});

const screeningResultContent = z.strictObject({
  /** What was screened together: rules that compare see no more. */
  scope: titled(scopeSchema.optional(), 'Scope', '范围'),
  ruleSet: titled(textSchema.max(120), 'Rules', '规则集'),
  counts: titled(
    z.strictObject({
      block: titled(countSchema, 'Blocking', '阻断'),
      warn: titled(countSchema, 'To be explained', '需说明'),
      info: titled(countSchema, 'Information', '提示'),
      notRun: titled(countSchema, 'Rules not run', '未运行规则'),
    }),
    'Counts',
    '结果数量',
  ),
  findings: titled(z.array(findingSchema).max(400), 'Findings', '筛查发现'),
  /** Of the canonical JSON of the full result, which stays with who screened. */
  digest: titled(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'not sha256: and 64 hex digits'), 'Digest', '完整结果摘要'),
});
type ScreeningResultContent = z.infer<typeof screeningResultContent>;

function countFaults({ content }: CheckInput<ScreeningResultContent>): Fault[] {
  return (['block', 'warn', 'info'] as const).flatMap((severity) => {
    const told = content.findings.filter((finding) => finding.severity === severity).length;
    // Information may be left to the full result; what blocks or asks for an explanation stands here, each of them.
    const isShort = severity === 'info' ? told > content.counts.info : told !== content.counts[severity];
    return isShort ? [contentFault(`counts/${severity}`, `${String(told)} findings stand there`)] : [];
  });
}

function addressFaults({ content, scope }: CheckInput<ScreeningResultContent>): Fault[] {
  const screened = scope.cited.get('screened') ?? [];
  return content.findings.flatMap(({ addresses }, index) =>
    addresses
      .filter((address) => !screened.some(({ key }) => address.startsWith(`${key}#`)))
      .map((address) =>
        contentFault(`findings/${String(index)}/addresses`, `${address} is of nothing that was screened`),
      ),
  );
}

/** Numbers that an enterprise may give to screenings of its own: it cannot use up those that its authorities need. */
const OWN_NUMBERS = 999;

function numberFaults({ record }: CheckInput<ScreeningResultContent>): Fault[] {
  const isOwn = record.issuer === record.subject.uscc;
  if (!isOwn || Number(numberOf(record.kind)) <= OWN_NUMBERS) return [];
  const message = `an enterprise numbers its own screenings from 1 to ${String(OWN_NUMBERS)}`;
  return [{ path: '/kind', code: 'BAD_RECORD', message }];
}

/** 筛查结果: what rules found over what was screened; by an authority, or by the enterprise for itself. */
export const screeningResult: RecordTypeSpec<ScreeningResultContent> = {
  type: 'screening-result',
  title: { en: 'Screening result', zh: '筛查结果' },
  content: screeningResultContent,
  filed: [
    { by: 'enterprise', as: 'self' },
    { by: 'city-authority', as: 'region' },
    { by: 'province-authority', as: 'region' },
    { by: 'national-authority', as: 'nation' },
  ],
  number: true,
  unit: 'unit-or-plant',
  period: 'any',
  process: 'step',
  cites: () => [
    // Where the rules are those of the nation's records: the whole set, and the parts laid over it.
    { role: 'rule-set', type: 'rule-set', min: 0, max: 100 },
    { role: 'screened', type: 'any', min: 1, max: 400, same: ['uscc'], severally: true },
  ],
  check: (input) => [...numberFaults(input), ...countFaults(input), ...addressFaults(input)],
  example: {
    ruleSet: '发电行业 2024',
    counts: { block: 0, warn: 1, info: 0, notRun: 3 },
    findings: [
      {
        rule: 'R-S01',
        severity: 'warn',
        addresses: ['91140000MA0FAKE01X/U1/2024-09/monthly-evidence#NCVar_GJ_t'],
      },
    ],
    digest: `sha256:${'ab'.repeat(32)}`,
  },
};
