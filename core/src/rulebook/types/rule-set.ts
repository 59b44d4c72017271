import { ruleSetFaults } from '../../screening/compile';
import { ruleSetSchema, type RuleSet } from '../../screening/rule-set';
import { contentFault } from '../content';
import type { RecordTypeSpec } from '../spec';

/**
 * 筛查规则集: every screening rule with its limits, for whom and since when they hold. The authority changes a limit by filing the
 * next version; results name the version that they were made by.
 */
export const ruleSet: RecordTypeSpec<RuleSet> = {
  type: 'rule-set',
  title: { en: 'Screening rules', zh: '筛查规则集' },
  content: ruleSetSchema,
  filed: [{ by: 'national-authority', as: 'self' }],
  labels: { names: 'any' },
  unit: 'none',
  period: 'year',
  process: 'continued',
  cites: () => [],
  check: ({ content }) =>
    ruleSetFaults(content).map(({ path, message }) => contentFault(path.slice(1), message, {}, 'BAD_FORMULA')),
  example: {
    id: 'EXAMPLE-SCREENING',
    title: { en: 'Example', zh: '示例' },
    effectiveFrom: '2026-01-01',
    sources: ['…'],
    traits: {
      kind: [{ value: '无烟煤', class: ['anthracite'] }],
      fuel: [{ value: 'coal', words: ['煤'] }],
    },
    rules: [
      {
        id: 'R-X05',
        class: 'extreme',
        severity: 'W',
        scope: 'unit-month',
        text: { en: 'Mar is 2–45 %', zh: '收到基水分 2–45%' },
        source: '企业温室气体排放核查技术指南 发电设施',
        parameters: { low: [{ value: '2' }], high: [{ value: '45' }] },
        checks: [
          {
            each: 'monthly-evidence@unit',
            inputs: { mar: '#Mar_pct' },
            value: 'mar',
            bands: [{ low: 'low', high: 'high' }],
            unit: '%',
          },
        ],
      },
    ],
  },
};
