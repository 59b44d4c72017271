import { z } from 'zod';
import { parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import {
  categorySchema,
  codeSchema,
  contentFault,
  daySchema,
  decimalSchema,
  facilityCodeSchema,
  permitSchema,
  textSchema,
  titled,
} from '../content';
import type { Effect } from '../effects';
import { identityOf } from '../identity';
import type { RecordTypeSpec } from '../spec';
import { facilityId } from '../unit-effects';

const codes = z.array(codeSchema(/^[A-Z]{2}[0-9]{4}$/, 'not a code of the permit (MF0001)')).max(20);

const unitSchema = z.strictObject({
  id: titled(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/)
      .refine((id) => id !== 'PLANT' && id !== '-', 'PLANT and - name no unit'),
    'Unit',
    '机组编号',
  ),
  /** Merged units carry the codes that they had before. */
  name: titled(textSchema, 'Name', '机组名称'),
  permitNo: titled(permitSchema, 'Discharge permit', '排污许可证编号'),
  /** Unique within its permit (HJ 608). */
  facilityCode: titled(facilityCodeSchema, 'Facility code', '生产设施编号'),
  boilers: titled(codes, 'Boiler codes', '锅炉编号'),
  turbines: titled(codes, 'Turbine codes', '汽轮机编号'),
  generators: titled(codes, 'Generator codes', '发电机编号'),
  capacity_MW: titled(decimalSchema.optional(), 'Rated capacity, MW', '装机容量（MW）'),
  category: titled(categorySchema.optional(), 'Allocation class', '机组类别'),
  fuel: titled(textSchema.optional(), 'Main fuel', '主要燃料'),
  heat: titled(z.boolean().optional(), 'Supplies heat', '是否供热'),
  from: titled(daySchema, 'In service from', '投运日期'),
  to: titled(daySchema.nullable(), 'Last day of service', '停运日期'),
});

const facilityContent = z.strictObject({
  units: titled(z.array(unitSchema).min(1).max(200), 'Units', '机组'),
});
export type FacilityContent = z.infer<typeof facilityContent>;
type Unit = FacilityContent['units'][number];

/** What a unit that makes power is rated at; its class is held to the parameters of a year by its plan. */
export function ratingFaults(place: string, { capacity_MW }: { readonly capacity_MW?: string | undefined }): Fault[] {
  return capacity_MW === undefined || parseDecimal(capacity_MW).gt(0)
    ? []
    : [contentFault(`${place}capacity_MW`, 'the rated capacity must be positive')];
}

function unitFaults(unit: Unit, index: number, units: readonly Unit[]): Fault[] {
  const place = `units/${String(index)}/`;
  const earlier = units.slice(0, index);
  const faults = ratingFaults(place, unit);
  if (earlier.some(({ id }) => identityOf(id) === identityOf(unit.id)))
    faults.push(contentFault(`${place}id`, `${unit.id} is a unit of this registration already, however it is written`));
  if (earlier.some((other) => placeOf(other) === placeOf(unit)))
    faults.push(
      contentFault(`${place}facilityCode`, `${unit.facilityCode} belongs to another unit of this registration`),
    );
  if (unit.to !== null && unit.to < unit.from) faults.push(contentFault(`${place}to`, 'a unit ends after it begins'));
  return faults;
}

function placeOf({ permitNo, facilityCode }: Unit): string {
  return facilityId({ permit: permitNo, code: facilityCode });
}

/** 设施登记: which units an enterprise has, by the codes of its discharge permit. In force once its province accepted it, until it withdraws it. */
export const facility: RecordTypeSpec<FacilityContent> = {
  type: 'facility',
  title: { en: 'Facility registration', zh: '设施登记' },
  content: facilityContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'none',
  period: 'none',
  process: 'province-review',
  cites: () => [],
  effects: ({ record, content }) => [
    ...content.units.map((unit, index): Effect => ({
      ...{ do: 'claim-facility', uscc: record.subject.uscc, id: placeOf(unit) },
      field: `/content/units/${String(index)}/facilityCode`,
    })),
    {
      do: 'propose-units',
      uscc: record.subject.uscc,
      units: content.units.map(({ id, permitNo, facilityCode, capacity_MW, category, from, to }) => ({
        ...{ id, permit: permitNo, code: facilityCode, from, to },
        ...(capacity_MW === undefined ? {} : { capacity: capacity_MW }),
        ...(category === undefined ? {} : { category }),
      })),
    },
  ],
  // A return leaves in force what was accepted before; a withdrawal frees every code, for whom it belongs to.
  undo: ({ record }, standing) => (standing === 'ended' ? [{ do: 'withdraw-units', uscc: record.subject.uscc }] : []),
  check: ({ content }) => content.units.flatMap(unitFaults),
  example: {
    units: [
      {
        id: 'U1',
        name: '1号机组',
        permitNo: '91140000MA0FAKE01X001P',
        facilityCode: 'MF0003',
        boilers: ['MF0001'],
        turbines: ['MF0002'],
        generators: ['MF0003'],
        capacity_MW: '630',
        category: 'I',
        fuel: '烟煤',
        heat: false,
        from: '2010-06-01',
        to: null,
      },
    ],
  },
};
