import type { Fault } from '../errors';
import { methodologySchema, parameterTableSchema, type RecordScope } from '../methodology';
import { unitFault } from '../methodology/units/conversion';

const heldToUnits = new WeakMap<object, { readonly parameters: object; readonly faults: readonly Fault[] }>();

/** A value in another unit than the methodology reads it in would go into every formula as if it were in that one. */
export function parameterUnitFaults(methodology: RecordScope, parameters: RecordScope): readonly Fault[] {
  const rules = methodology.record.content;
  const known = heldToUnits.get(rules);
  if (known?.parameters === parameters.record.content) return known.faults;
  const { parameterUnits = {} } = methodologySchema.parse(rules);
  const { values } = parameterTableSchema.parse(parameters.record.content);
  const faults = Object.entries(values).flatMap(([name, value]) => {
    const expected = parameterUnits[name] ?? parameterUnits[`${name.split('.').slice(0, -1).join('.')}.*`];
    const fault =
      expected === undefined ? undefined : unitFault('/cites', `${parameters.key}#${name}`, value, expected);
    return fault === undefined ? [] : [{ ...fault, code: 'CITATION_MISMATCH' as const }];
  });
  heldToUnits.set(rules, { parameters: parameters.record.content, faults });
  return faults;
}
