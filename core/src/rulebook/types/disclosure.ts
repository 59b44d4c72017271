import { z } from 'zod';
import type { Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import { citedOf } from '../cited';
import { ruleFault, textSchema, titled, titledChoice } from '../content';
import { unitsInForce } from '../units';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';

const methods = { measured: { en: 'Measured', zh: '实测' }, default: { en: 'Default value', zh: '缺省值' } } as const;
const wholeSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,17})$/, 'not a whole number of tonnes');

const unitSchema = z.strictObject({
  id: titled(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/), 'Unit', '机组编号'),
  heatValue: titledChoice(methods, 'Heat value by', '低位发热量确定方式'),
  carbon: titledChoice(methods, 'Carbon content by', '元素碳含量确定方式'),
});
const measureSchema = z.strictObject({
  name: titled(textSchema, 'Measure', '减排措施'),
  reduction_t: titled(wholeSchema, 'Yearly reduction, t', '年减排量（吨）'),
});

/** 信息公开: nothing else is public. The legal representative stands in the document: no personal data goes on the ledger. */
const disclosureContent = z.strictObject({
  name: titled(textSchema, 'Name', '单位名称'),
  site: titled(textSchema, 'Site', '生产场所地址'),
  sector: titledChoice(
    {
      power: { en: 'Power', zh: '发电' },
      steel: { en: 'Steel', zh: '钢铁' },
      cement: { en: 'Cement', zh: '水泥' },
      aluminium: { en: 'Aluminium', zh: '铝冶炼' },
    },
    'Sector',
    '行业',
  ),
  emission_t: titled(wholeSchema, 'Emissions reported, t', '排放量（吨）'),
  verified_t: titled(wholeSchema.optional(), 'Emissions verified, t', '核查排放量（吨）'),
  changes: titled(textSchema.optional(), 'Changes of the year', '变化情况'),
  preparer: titled(usccSchema.nullable(), 'Preparer of the report', '报告编制机构'),
  laboratories: titled(z.array(usccSchema).max(40), 'Laboratories', '检测机构'),
  units: titled(z.array(unitSchema).min(1).max(200), 'Units', '机组'),
  /** Voluntary. */
  measures: titled(z.array(measureSchema).max(40).optional(), 'Reduction measures', '减排措施'),
});
type DisclosureContent = z.infer<typeof disclosureContent>;

function differs(field: string, own: string | undefined): Fault {
  return ruleFault('R-D23', `/content/${field}`, `the ledger has ${own ?? 'nothing'}`, { expected: own ?? null });
}

function preparerFaults({ content, scope }: CheckInput<DisclosureContent>): Fault[] {
  const [report] = citedOf(scope, 'annual-report', 'annual-report');
  if (report === undefined || content.preparer === report.content.preparer) return [];
  return [differs('preparer', report.content.preparer ?? undefined)];
}

function figureFaults({ content, scope }: CheckInput<DisclosureContent>): Fault[] {
  const total = (role: string, name: string): string | undefined =>
    scope.cited.get(role)?.[0]?.record.totals[name]?.value;
  const emission = total('annual-report', 'emission_tCO2');
  const verified = total('verification-conclusion', 'verifiedEmission_tCO2');
  return [
    ...(content.emission_t === emission ? [] : [differs('emission_t', emission)]),
    ...(content.verified_t === verified ? [] : [differs('verified_t', verified)]),
  ];
}

async function standingFaults({ content, record, state }: ConditionInput<DisclosureContent>): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const party = await state.get('party', uscc);
  const faults = party?.content.name === content.name ? [] : [differs('name', party?.content.name)];
  const units = unitsInForce(await state.get('units', uscc), period).map(({ id }) => id);
  const named = content.units.map(({ id }) => id).sort();
  if (JSON.stringify(named) !== JSON.stringify(units)) faults.push(differs('units', units.join(', ')));
  const roster = await state.get('engaged', `${uscc}/${period}`);
  const labs = [
    ...new Set((roster?.engaged ?? []).filter(({ as }) => as === 'testing').map((one) => one.party)),
  ].sort();
  if (JSON.stringify([...content.laboratories].sort()) !== JSON.stringify(labs))
    faults.push(differs('laboratories', labs.join(', ')));
  return faults;
}

/** 信息公开 of a key emitter's year. Every item agrees with what stands on the ledger (R-D23). */
export const disclosure: RecordTypeSpec<DisclosureContent> = {
  type: 'disclosure',
  title: { en: 'Disclosure', zh: '信息公开' },
  content: disclosureContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'plant',
  period: 'year',
  process: 'corrigible',
  cites: () => [
    { role: 'annual-report', type: 'annual-report', min: 1, max: 1, same: ['uscc', 'unit', 'year'] },
    {
      role: 'verification-conclusion',
      type: 'verification-conclusion',
      min: 0,
      max: 1,
      same: ['uscc', 'unit', 'year'],
    },
  ],
  check: (input) => [...figureFaults(input), ...preparerFaults(input)],
  conditions: standingFaults,
  example: {
    ...{ name: '（虚构）晋北示范发电有限公司', site: '山西省朔州市', sector: 'power', emission_t: '4146356' },
    ...{ verified_t: '4146356', preparer: null, laboratories: ['91140100MA0FAKE2XU'] },
    units: [{ id: 'U1', heatValue: 'measured', carbon: 'measured' }],
  },
};
