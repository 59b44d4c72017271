import { isLedgerError, LedgerError, type Fault } from '../../errors';
import { parseBinding, parseCondition } from '../notation';
import type { FigureSpec, FormulaCase, ParameterTable, RecordProfile } from '../spec';
import type { CaseSource, FigureSource, MethodologySource, ParameterSource, ProfileSource } from './source';

/** Runs a reading and keeps its fault, so that all of them are told at once. */
function attempt<Value>(place: string, faults: Fault[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    faults.push({ path: place, code: 'BAD_METHODOLOGY', message: error.message });
    return undefined;
  }
}

function compileCase(id: string, source: CaseSource, place: string, faults: Fault[]): FormulaCase {
  const inputs = Object.entries(source.of).flatMap(([variable, text]) => {
    const binding = attempt(`${place}/of/${variable}`, faults, () => parseBinding(text));
    return binding ? [[variable, binding] as const] : [];
  });
  const when = source.when?.flatMap(
    (text, index) => attempt(`${place}/when/${String(index)}`, faults, () => parseCondition(text)) ?? [],
  );
  return {
    id,
    ...(when ? { when } : {}),
    expression: source.formula,
    inputs: Object.fromEntries(inputs),
    ...(source.basis === undefined ? {} : { basis: source.basis }),
  };
}

function compileFigure(name: string, source: FigureSource, place: string, faults: Fault[]): FigureSpec {
  const { unit, decimals, visibility, required, stated, tolerance } = source;
  return {
    name,
    unit,
    decimals,
    visibility,
    required,
    stated,
    cases: Object.entries(source.cases).map(([id, one]) => compileCase(id, one, `${place}/cases/${id}`, faults)),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

/** @throws LedgerError BAD_METHODOLOGY naming every binding and condition that cannot be read */
export function compileFigures(tables: MethodologySource['figures']): Record<string, FigureSpec[]> {
  const faults: Fault[] = [];
  const compiled = Object.entries(tables).map(([table, figures]) => {
    const specs = Object.entries(figures).map(([name, figure]) =>
      compileFigure(name, figure, `/methodology/figures/${table}/${name}`, faults),
    );
    return [table, specs] as const;
  });
  if (faults.length > 0)
    throw new LedgerError('BAD_METHODOLOGY', `${String(faults.length)} places cannot be read`, { faults });
  return Object.fromEntries(compiled);
}

/** Values in force in a year; a parameter without one for that year is left out. */
export function compileParameters(
  sources: Readonly<Record<string, ParameterSource>>,
  year: string,
): ParameterTable['values'] {
  const values = Object.entries(sources).flatMap(([name, { unit, source, value, years }]) => {
    const inForce = value ?? years?.[year];
    return inForce === undefined ? [] : [[name, { value: inForce, unit, source }] as const];
  });
  return Object.fromEntries(values);
}

export function parameterUnitsOf(sources: Readonly<Record<string, ParameterSource>>): Record<string, string> {
  return Object.fromEntries(Object.entries(sources).map(([name, { unit }]) => [name, unit]));
}

export function compileProfile(source: ProfileSource): Record<string, RecordProfile> {
  const tables = Object.entries(source).map(([table, { content, cites, units }]) => {
    const fields = Object.entries(content).map(
      ([name, { en, zh, ...rest }]) => [name, { title: { en, zh }, ...rest }] as const,
    );
    return [table, { content: Object.fromEntries(fields), cites, units }] as const;
  });
  return Object.fromEntries(tables);
}
