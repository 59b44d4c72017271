import type { Subject } from '../identifiers';
import type { RecordTypeSpec } from '../rulebook';

/** Types that speak of a plant or of units that it has. */
export const aboutUnits: ReadonlySet<RecordTypeSpec['unit']> = new Set(['unit', 'plant', 'unit-or-plant']);

const unitRules: Readonly<Record<RecordTypeSpec['unit'], (unit: string) => boolean>> = {
  any: () => true,
  none: (unit) => unit === '-',
  plant: (unit) => unit === 'PLANT',
  unit: (unit) => unit !== '-' && unit !== 'PLANT',
  'unit-or-plant': (unit) => unit !== '-',
};

const periodRules: Readonly<Record<RecordTypeSpec['period'], (period: string) => boolean>> = {
  any: () => true,
  none: (period) => period === '-',
  year: (period) => /^[0-9]{4}$/.test(period),
  month: (period) => /^[0-9]{4}-[0-9]{2}$/.test(period),
};

/** Whether a record of the type may be about that unit. */
export const isUnitOf = ({ unit }: Pick<RecordTypeSpec, 'unit'>, subject: Pick<Subject, 'unit'>): boolean =>
  unitRules[unit](subject.unit);

/** Whether it may be about that period. */
export const isPeriodOf = ({ period }: Pick<RecordTypeSpec, 'period'>, subject: Pick<Subject, 'period'>): boolean =>
  periodRules[period](subject.period);
