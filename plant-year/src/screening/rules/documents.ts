import { daysBetween, evidenceDueDays, isDay, lastDayOfMonth, normaliseIdentifier } from '@carbon-ledger/core';
import type { RuleHit, ScreeningRule } from '../rule';
import type { ScreeningMonth, ScreeningYear } from '../year';

const guide = '企业温室气体排放核查技术指南 发电设施';
const steps = ['sampleReceived', 'testStart', 'testEnd', 'issued'] as const;

function dayOf(text: string | undefined): string | undefined {
  return text !== undefined && isDay(text) ? text : undefined;
}

/** Missing, used twice, or not a number that this enterprise's laboratory has anchored. */
function numberHits(year: ScreeningYear): RuleHit[] {
  const known = year.anchoredReportNumbers();
  const seen = new Set<string>();
  return year.months().flatMap((part): RuleHit[] => {
    if (!part.hasReport) return [];
    const number = part.labText('reportNo') ?? '';
    const identity = normaliseIdentifier(number);
    const isTwice = seen.has(identity);
    seen.add(identity);
    const isUnknown = identity === '' || (known.size > 0 && !known.has(identity));
    if (!isUnknown && !isTwice) return [];
    const limit = isTwice && identity !== '' ? 'a number of its own' : 'a number that the lab has anchored';
    return [{ touches: part.report('reportNo'), got: number, limit }];
  });
}

function namesOfStep(part: ScreeningMonth, step: string): string[] {
  return step === 'sampleReceived' ? part.received() : part.report(step);
}

function orderHits(part: ScreeningMonth): RuleHit[] {
  return steps.slice(1).flatMap((step, index): RuleHit[] => {
    const earlier = steps[index] ?? step;
    const [before, after] = [part.labText(earlier), part.labText(step)];
    if (before === undefined || after === undefined || before <= after) return [];
    return [
      {
        touches: [...namesOfStep(part, step), ...namesOfStep(part, earlier)],
        got: after,
        limit: `≥ ${earlier} ${before}`,
      },
    ];
  });
}

/** A report that reached the ledger long after the day it claims was perhaps written later than it says. */
function backdatingHits(part: ScreeningMonth): RuleHit[] {
  const issued = dayOf(part.labText('issued'));
  const anchored = dayOf(part.anchoredReport('anchoredByLab')) ?? dayOf(part.labText('anchoredByLab'));
  if (issued === undefined || anchored === undefined) return [];
  const late = daysBetween(issued, anchored);
  const touches = part.report('issued', 'anchoredByLab');
  if (late > 5) return [{ touches, got: `${String(late)} d from issue to anchoring`, limit: '≤ 5 d' }];
  return late < 0 ? [{ touches, got: issued, limit: `≤ anchored ${anchored}` }] : [];
}

function deliveryHits(year: ScreeningYear): RuleHit[] {
  return year.input.file.units.flatMap(({ id }) => {
    const parts = year.monthsOf(id);
    return parts.flatMap((part): RuleHit[] => {
      const day = part.labText('sampleReceived');
      const others = parts.filter((other) => other !== part && other.labText('sampleReceived') === day);
      if (day === undefined || others.length === 0) return [];
      const months = [part.month, ...others.map(({ month }) => month)].sort().join(', ');
      return [{ touches: part.received(), got: `${day} for ${months}`, limit: 'one delivery for one sample month' }];
    });
  });
}

function lateHits(year: ScreeningYear): RuleHit[] {
  return year.months().flatMap((part) =>
    (['issued', 'sampleReceived'] as const).flatMap((step): RuleHit[] => {
      const day = dayOf(part.labText(step));
      if (day === undefined) return [];
      const days = daysBetween(lastDayOfMonth(part.month), day);
      if (days <= evidenceDueDays) return [];
      return [
        {
          touches: namesOfStep(part, step),
          got: `${String(days)} d`,
          limit: `≤ ${String(evidenceDueDays)} d after month end`,
        },
      ];
    }),
  );
}

const resultNames = ['Cad_pct', 'Mad_pct', 'Had_pct', 'St_ad_pct'] as const;

/** The four results of a report as one text, or undefined where one is missing. */
function results(part: ScreeningMonth): string | undefined {
  const values = resultNames.map((name) => part.labFigure(name)?.toFixed());
  return values.includes(undefined) ? undefined : values.join(' / ');
}

function repeatedResults(year: ScreeningYear): { part: ScreeningMonth; others: ScreeningMonth[]; values: string }[] {
  return year.input.file.units.flatMap(({ id }) => {
    const parts = year.monthsOf(id);
    return parts.flatMap((part) => {
      const values = results(part);
      const others = parts.filter((other) => other !== part && results(other) === values);
      return values === undefined || others.length === 0 ? [] : [{ part, others, values }];
    });
  });
}

function repeatedCarbon(year: ScreeningYear): RuleHit[] {
  return year.input.file.units.flatMap(({ id }) => {
    const parts = year.monthsOf(id);
    return parts.flatMap((part): RuleHit[] => {
      const value = part.labFigure('Cad_pct');
      const equal = parts.filter((other) => value !== undefined && other.labFigure('Cad_pct')?.eq(value) === true);
      if (!value || equal.length < 3) return [];
      const got = `${value.toFixed()} in ${String(equal.length)} months`;
      return [{ touches: part.report('Cad_pct'), got, limit: 'at most 2 months', severity: 'W' }];
    });
  });
}

function repeatHits(year: ScreeningYear): RuleHit[] {
  const tuples = repeatedResults(year).map(({ part, others, values }): RuleHit => {
    const months = [part, ...others]
      .map(({ month }) => month)
      .sort()
      .join(', ');
    return {
      touches: part.report(...resultNames),
      got: `${values} in ${months}`,
      limit: 'different results each month',
    };
  });
  return [...tuples, ...repeatedCarbon(year)];
}

function duplicateHits(year: ScreeningYear): RuleHit[] {
  return repeatedResults(year).flatMap(({ part, others, values }): RuleHit[] => {
    const numbers = [part, ...others].map((month) => month.labText('reportNo') ?? '');
    if (new Set(numbers.map(normaliseIdentifier)).size < 2) return [];
    return [
      {
        touches: part.report(...resultNames, 'reportNo'),
        got: `${values} in ${numbers.join(', ')}`,
        limit: 'one report',
      },
    ];
  });
}

export const documentRules: readonly ScreeningRule[] = [
  {
    id: 'R-S05',
    class: 'standard',
    severity: 'B',
    source: 'domain section 5',
    text: {
      zh: '多个月份检测结果完全相同',
      en: 'The same results (Cad, Mad, Had, St) in two months, or the same Cad in three',
    },
    evaluate: repeatHits,
  },
  {
    id: 'R-D01',
    class: 'document',
    severity: 'B',
    source: guide,
    text: {
      zh: '报告编号存在、唯一且为检测机构所锚定',
      en: 'The report number is there, unique, and anchored by the laboratory',
    },
    evaluate: numberHits,
  },
  {
    id: 'R-D02',
    class: 'document',
    severity: 'W',
    source: guide,
    text: {
      zh: '接样 ≤ 检测 ≤ 出具 ≤ 锚定，且出具与锚定相隔不超过 5 天',
      en: 'Received ≤ tested ≤ issued ≤ anchored, and anchored within 5 days of issue',
    },
    evaluate: (year) => year.months().flatMap((part) => [...orderHits(part), ...backdatingHits(part)]),
  },
  {
    id: 'R-D03',
    class: 'document',
    severity: 'B',
    source: guide,
    text: { zh: '一次送样只对应一个样品月份', en: 'One delivery serves one sample month' },
    evaluate: deliveryHits,
  },
  {
    id: 'R-D04',
    class: 'document',
    severity: 'B',
    source: guide,
    text: {
      zh: '接样与出具均在月末后 40 个自然日内',
      en: 'Sample received and report issued within 40 natural days after the month’s end',
    },
    evaluate: lateHits,
  },
  {
    id: 'R-D05',
    class: 'document',
    severity: 'B',
    source: guide,
    text: { zh: '同一结果出现在两个报告编号下', en: 'The same results stand under two report numbers' },
    evaluate: duplicateHits,
  },
];
