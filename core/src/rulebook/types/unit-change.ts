import { z } from 'zod';
import { parseDecimal } from '../../decimal';
import { withArticle, type Fault } from '../../errors';
import type { RosterUnit } from '../../state/kinds';
import {
  categorySchema,
  contentFault,
  daySchema,
  decimalSchema,
  facilityCodeSchema,
  permitSchema,
  ruleFault,
  textSchema,
  titled,
  titledChoice,
} from '../content';
import { sameIdentity } from '../identity';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';
import type { Effect } from '../effects';
import { facilityId } from '../unit-effects';
import { ratingFaults } from './facility';

const unitIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/)
  .refine((id) => id !== 'PLANT' && id !== '-', 'PLANT and - name no unit');

const becomesSchema = z.strictObject({
  id: titled(unitIdSchema, 'Unit', '机组编号'),
  permitNo: titled(permitSchema, 'Discharge permit', '排污许可证编号'),
  facilityCode: titled(facilityCodeSchema, 'Facility code', '生产设施编号'),
  /** Codes that the unit had before: a merged unit carries those of all its parts. */
  oldCodes: titled(z.array(facilityCodeSchema).max(20), 'Earlier codes', '原设施编号'),
  capacity_MW: titled(decimalSchema.optional(), 'Rated capacity, MW', '装机容量（MW）'),
  category: titled(categorySchema.optional(), 'Allocation class', '机组类别'),
});

const unitChangeContent = z.strictObject({
  change: titledChoice(
    {
      merge: { en: 'Merged', zh: '合并' },
      split: { en: 'Split', zh: '拆分' },
      stop: { en: 'Stopped', zh: '停运' },
      move: { en: 'Moved', zh: '迁移' },
      restart: { en: 'Restarted', zh: '恢复运行' },
    },
    'Change',
    '变更类型',
  ),
  /** First day on which the change holds. */
  day: titled(daySchema, 'From', '变更日期'),
  /** Number of the approval paper. */
  approval: titled(textSchema, 'Approval', '批准文件'),
  units: titled(z.array(unitIdSchema).min(1).max(20), 'Units that change', '变更机组'),
  becomes: titled(z.array(becomesSchema).max(20), 'What they become', '变更后机组'),
});
type UnitChangeContent = z.infer<typeof unitChangeContent>;
type Becoming = UnitChangeContent['becomes'][number];
type Conditions = ConditionInput<UnitChangeContent>;

/** How many units change, and how many they become. */
const counts: Readonly<
  Record<UnitChangeContent['change'], readonly [from: readonly [number, number], to: readonly [number, number]]>
> = {
  merge: [
    [2, 20],
    [1, 1],
  ],
  split: [
    [1, 1],
    [2, 20],
  ],
  stop: [
    [1, 20],
    [0, 0],
  ],
  move: [
    [1, 1],
    [1, 1],
  ],
  restart: [
    [1, 20],
    [0, 0],
  ],
};

function countFaults({ content, record }: CheckInput<UnitChangeContent>): Fault[] {
  const [from, to] = counts[content.change];
  const fits = (count: number, [least, most]: readonly [number, number]): boolean => count >= least && count <= most;
  const faults: Fault[] = [];
  if (content.day.slice(0, 7) !== record.subject.period)
    faults.push(contentFault('day', `a change of ${content.day} stands under its month`));
  if (!fits(content.units.length, from))
    faults.push(contentFault('units', `${withArticle(content.change)} is of ${from.join('–')} units`));
  if (!fits(content.becomes.length, to))
    faults.push(contentFault('becomes', `${withArticle(content.change)} leads to ${to.join('–')} units`));
  if (new Set(content.units).size !== content.units.length)
    faults.push(contentFault('units', 'a unit stands there twice'));
  return [...faults, ...content.becomes.flatMap(becomesFaults)];
}

/** Units that begin differ from each other as those of one registration do. */
function becomesFaults(unit: Becoming, index: number, becomes: readonly Becoming[]): Fault[] {
  const place = `becomes/${String(index)}/`;
  const earlier = becomes.slice(0, index);
  const faults = ratingFaults(place, unit);
  if (earlier.some(({ id }) => sameIdentity(id, unit.id)))
    faults.push(contentFault(`${place}id`, `${unit.id} begins twice, however it is written`));
  if (earlier.some((other) => placeOf(other) === placeOf(unit)))
    faults.push(contentFault(`${place}facilityCode`, `${unit.facilityCode} belongs to another unit of this change`));
  return faults;
}

function placeOf({ permitNo, facilityCode }: Becoming): string {
  return facilityId({ permit: permitNo, code: facilityCode });
}

/** From the least favourable to the most: what a merged unit takes (allocation plan). */
const favour = ['I', 'II', 'III', 'IV'] as const;

/** R-L26: a merged unit has the capacity of its parts together, the least favourable of their classes, and all their codes. */
function mergeFaults({ change, becomes: [merged] }: UnitChangeContent, parts: readonly RosterUnit[]): Fault[] {
  if (change !== 'merge' || merged === undefined) return [];
  const faults: Fault[] = [];
  const wrong = (field: string, message: string): number =>
    faults.push(ruleFault('R-L26', `/content/becomes/0/${field}`, message));
  const missing = parts.map(({ code }) => code).filter((code) => !merged.oldCodes.includes(code));
  if (missing.length > 0) wrong('oldCodes', `the codes of its parts are missing: ${missing.join(', ')}`);
  const sum = parts.reduce((total, { capacity }) => total.plus(capacity ?? '0'), parseDecimal('0'));
  const isRated = merged.capacity_MW !== undefined || sum.gt(0);
  if (isRated && !sum.eq(merged.capacity_MW ?? '0')) wrong('capacity_MW', `its parts come to ${sum.toFixed()} MW`);
  const classes = parts.flatMap(({ category }) =>
    category === undefined ? [] : [favour.findIndex((one) => one === category)],
  );
  const least = favour[Math.min(...classes)];
  if (classes.length > 0 && merged.category !== least)
    wrong('category', `the least favourable class of its parts is ${String(least)}`);
  return faults;
}

function partFault({ content }: Conditions, index: number, unit: RosterUnit | undefined): Fault[] {
  const id = content.units[index] ?? '';
  const place = `units/${String(index)}`;
  if (unit === undefined) return [contentFault(place, `${id} is no unit of this plant`, {}, 'UNIT_UNKNOWN')];
  if ((unit.to !== null) !== (content.change === 'restart')) {
    const now = unit.to === null ? 'in service' : `out of service since ${unit.to}`;
    return [contentFault(place, `${id} is ${now}`, {}, 'STATE_CONFLICT')];
  }
  return content.day <= (unit.to ?? unit.from) ? [contentFault('day', `${id} was not yet so on ${content.day}`)] : [];
}

/** What begins has neither the id nor the facility code of a unit that the plant has. */
function newFaults({ becomes }: UnitChangeContent, units: readonly RosterUnit[]): Fault[] {
  const taken = (index: number, field: string, message: string): Fault =>
    contentFault(`becomes/${String(index)}/${field}`, message, {}, 'IDENTITY_TAKEN');
  return becomes.flatMap((unit, index) => [
    ...(units.some(({ id }) => sameIdentity(id, unit.id))
      ? [taken(index, 'id', `${unit.id} is a unit of this plant already, however it is written`)]
      : []),
    ...units
      .filter((one) => facilityId(one) === placeOf(unit))
      .map(({ id, code }) => taken(index, 'facilityCode', `${code} is the facility code of ${id}`)),
  ]);
}

/** The units stand in force, or, to be restarted, stopped; what begins is not there yet. */
async function rosterFaults(input: Conditions): Promise<Fault[]> {
  const { content, record, state } = input;
  const units = (await state.get('units', record.subject.uscc))?.units ?? [];
  const parts = content.units.map((id) => units.find((one) => one.id === id));
  const faults = [...parts.flatMap((unit, index) => partFault(input, index, unit)), ...newFaults(content, units)];
  const there = parts.filter((unit) => unit !== undefined);
  return faults.length > 0 ? faults : mergeFaults(content, there);
}

function effects({ record, content }: { record: { subject: { uscc: string } }; content: UnitChangeContent }): Effect[] {
  const { uscc } = record.subject;
  const { day, units, becomes, change } = content;
  const begins = becomes.map(({ id, permitNo, facilityCode, capacity_MW, category }): RosterUnit => ({
    ...{ id, permit: permitNo, code: facilityCode, from: day, to: null },
    ...(capacity_MW === undefined ? {} : { capacity: capacity_MW }),
    ...(category === undefined ? {} : { category }),
  }));
  const claims = becomes.map((unit, index): Effect => ({
    ...{ do: 'claim-facility', uscc, id: placeOf(unit) },
    field: `/content/becomes/${String(index)}/facilityCode`,
  }));
  const [ends, resumes] = change === 'restart' ? [[], units] : [units, []];
  return [...claims, { do: 'propose-change', uscc, day, ends, resumes, begins }];
}

/** 机组变更: units merged, split, stopped, moved, restarted. In force once the province accepted it. */
export const unitChange: RecordTypeSpec<UnitChangeContent> = {
  type: 'unit-change',
  title: { en: 'Change of units', zh: '机组变更' },
  content: unitChangeContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'none',
  period: 'month',
  process: 'unit-change',
  cites: () => [{ role: 'facility', type: 'facility', min: 1, max: 1, same: ['uscc'] }],
  effects,
  check: countFaults,
  conditions: rosterFaults,
  example: {
    change: 'merge',
    day: '2024-01-01',
    approval: '晋能源〔2024〕1号',
    units: ['U1', 'U2'],
    becomes: [
      {
        ...{ id: 'U12', permitNo: '91140000MA0FAKE01X001P', facilityCode: 'MF0012', oldCodes: ['MF0003', 'MF0006'] },
        ...{ capacity_MW: '980', category: 'I' },
      },
    ],
  },
};
