import type { Field } from './fields';

/** Whether a value may stand in a field as far as its shape goes; what is not there yet may. */
function fits(field: Field, value: unknown): boolean {
  if (value === undefined || value === '') return true;
  const { kind, choices = {} } = field;
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'choice') return typeof value === 'string' && Object.hasOwn(choices, value);
  if (kind === 'group') return fitsGroup(field, value);
  return kind === 'other' || typeof value !== 'object';
}

function fitsGroup({ fields = [] }: Field, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, one]) => {
    const field = fields.find((known) => known.name === name);
    return field !== undefined && fits(field, one);
  });
}

/** Which of several shapes a value has: the one that was asked for where it has that too, else the first that it has in full. */
export function shapeOf(shapes: readonly Field[], value: unknown, asked?: number): number {
  const fitting = [...shapes.keys()].filter((at) => shapes[at] !== undefined && fits(shapes[at], value));
  if (asked !== undefined && (fitting.includes(asked) || fitting.length === 0)) return asked;
  const whole = fitting.find((at) =>
    (shapes[at]?.fields ?? []).every(
      ({ name, isOptional }) => isOptional || (typeof value === 'object' && value !== null && name in value),
    ),
  );
  return whole ?? fitting[0] ?? 0;
}
