import type { Fault } from '../../errors';
import type { MethodologySource, ParameterSource, ProfileSource } from './source';

type Named<Value> = Readonly<Record<string, Value>>;

/** `a@unit, a@plant` stands for two tables of the same figures. */
function byTable<Value>(tables: Named<Value> = {}): Map<string, Value> {
  return new Map(
    Object.entries(tables).flatMap(([names, value]) => names.split(/, */).map((name) => [name, value] as const)),
  );
}

/** Takes out what does not hold here; taking out what is not there is a fault at its place. */
function leaveOut(entries: Map<string, unknown> | undefined, name: string, path: string, faults: Fault[]): void {
  if (entries?.delete(name) === true) return;
  faults.push({ path, code: 'BAD_METHODOLOGY', message: `there is no ${name} to leave out` });
}

type Tables = MethodologySource['figures'];

/** Base figures with those of the same name replaced, and new ones at the end of their table. */
export function mergeTables(
  base: Tables | undefined,
  own: Pick<MethodologySource, 'figures' | 'without'>,
  faults: Fault[],
): Tables {
  const figures = new Map<string, Map<string, Tables[string][string]>>();
  for (const [table, entries] of [...byTable(base), ...byTable(own.figures)]) {
    const known = figures.get(table) ?? new Map<string, Tables[string][string]>();
    for (const [name, figure] of Object.entries(entries)) known.set(name, figure);
    figures.set(table, known);
  }
  own.without.forEach((address, index) => {
    const [table = '', name = ''] = address.split('/');
    leaveOut(figures.get(table), name, `/methodology/without/${String(index)}`, faults);
  });
  return Object.fromEntries([...figures].map(([table, entries]) => [table, Object.fromEntries(entries)]));
}

export function mergeParameters(
  base: Named<ParameterSource> | undefined,
  own: { readonly values: Named<ParameterSource>; readonly without: readonly string[] },
  faults: Fault[],
): Record<string, ParameterSource> {
  const values = new Map(Object.entries(base ?? {}));
  own.without.forEach((name, index) => {
    leaveOut(values, name, `/parameters/without/${String(index)}`, faults);
  });
  for (const [name, value] of Object.entries(own.values)) values.set(name, value);
  return Object.fromEntries(values);
}

const emptyProfile: ProfileSource[string] = { content: {}, cites: {}, units: {}, without: [] };

function mergeRecordProfile(
  table: string,
  before: ProfileSource[string],
  after: ProfileSource[string],
  faults: Fault[],
): ProfileSource[string] {
  const content = new Map(Object.entries(before.content));
  const cites = new Map(Object.entries(before.cites));
  for (const [index, name] of after.without.entries())
    leaveOut(content.has(name) ? content : cites, name, `/profile/${table}/without/${String(index)}`, faults);
  return {
    content: { ...Object.fromEntries(content), ...after.content },
    cites: { ...Object.fromEntries(cites), ...after.cites },
    units: { ...before.units, ...after.units },
    without: [],
  };
}

export function mergeProfile(base: ProfileSource | undefined, own: ProfileSource, faults: Fault[]): ProfileSource {
  const [before, after] = [byTable(base), byTable(own)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const merged = names.map((name) => [
    name,
    mergeRecordProfile(name, before.get(name) ?? emptyProfile, after.get(name) ?? emptyProfile, faults),
  ]);
  return Object.fromEntries(merged) as ProfileSource;
}
