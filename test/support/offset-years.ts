import { coalPower, coalPowerParameters, LedgerError, type Fault, type ParameterTable } from '@carbon-ledger/core';
import { parsePlantYear } from '@carbon-ledger/plant-year';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, type Json } from '../../scripts/sample/pointer';

export const sample: Json = structuredClone(sampleFile);
export const lot = '/compliance/ccerLots/0';
export const other = '/compliance/ccerLots/1';
export type Edits = Readonly<Record<string, Json | undefined>>;

export const serial = (block: string, number: number): string => `FIC-${block}-${String(number).padStart(9, '0')}`;
export const range = (block: string, from: number, to: number): Record<string, Json> => ({
  ...{ serialFrom: serial(block, from), serialTo: serial(block, to) },
  qty: to - from + 1,
});

/** The year's table of parameters with the procedure of a compliance cycle. */
export function rulesWith(terms: Readonly<Record<string, string>>): ParameterTable {
  const table = coalPowerParameters('2024');
  const values: Record<string, ParameterTable['values'][string]> = {};
  for (const [name, value] of Object.entries(table.values)) if (!/^(?:offset|ccer)\./.test(name)) values[name] = value;
  for (const [name, value] of Object.entries(terms)) values[name] = { value, unit: '1', source: '试验' };
  return { ...table, values };
}

interface Generation {
  readonly terms: Readonly<Record<string, string>>;
  readonly edits: Edits;
  /** Number of records by type. */
  readonly makes: Readonly<Record<string, number>>;
  /** Process, key behind the plant, state. */
  readonly ends: readonly (readonly [string, string, string])[];
}

export const frozenInPart: Generation = {
  terms: { 'offset.freeze': '1', 'offset.sync': '1' },
  edits: {
    [`${lot}/serialTo`]: serial('A', 60_000),
    [`${lot}/qty`]: 60_000,
    [`${lot}/frozen`]: range('A', 101, 50_000),
    [`${lot}/synced`]: { projectType: 'A0102' },
    [`${lot}/cancelled`]: range('A', 201, 45_200),
    [`${lot}/booked`]: true,
    [`${lot}/released`]: { reason: '企业撤回' },
    [`${other}/frozen`]: range('B', 1, 15_000),
    [`${other}/synced`]: { projectType: 'N0101' },
  },
  makes: {
    ...{ 'ccer-lot': 2, 'ccer-freeze': 2, 'ccer-sync': 2, 'ccer-cancellation': 2 },
    ...{ 'offset-booking': 1, 'ccer-release': 1 },
  },
  ends: [
    ['ccer-freeze', 'ccer-freeze.1', 'RELEASED'],
    ['ccer-freeze', 'ccer-freeze.2', 'CANCELLED'],
    ['ccer-cancellation', 'ccer-cancellation.1', 'BOOKED'],
  ],
};

export const twoRegistries: Generation = {
  terms: { 'offset.syncEarlier': '1', 'ccer.earlierUntil': '20251231' },
  edits: {
    [`${lot}/track`]: 'earlier',
    [`${lot}/registeredOn`]: '2016-11-30',
    [`${lot}/synced`]: { projectType: 'A0102' },
    [`${lot}/booked`]: true,
    [`${other}/track`]: 'current',
    [`${other}/booked`]: true,
  },
  makes: { 'ccer-lot': 2, 'ccer-sync': 1, 'ccer-cancellation': 2, 'offset-booking': 2 },
  ends: [
    ['ccer-cancellation', 'ccer-cancellation.1', 'BOOKED'],
    ['ccer-cancellation', 'ccer-cancellation.2', 'BOOKED'],
  ],
};

/** The three generations of procedure (domain 4.2), and the draft after them, as a file states a year of each. */
export const generations: Readonly<Record<string, Generation>> = {
  '2019–20: cancelled by own will, booked': {
    terms: { 'offset.cancelFrom': '20251026', 'offset.cancelTo': '20251215' },
    edits: {
      [`${lot}/cancelled`]: { ...range('A', 1, 45_000), cancelledOn: '2025-12-15' },
      [`${lot}/booked`]: true,
      [`${other}/cancelled`]: { ...range('B', 1, 15_000), cancelledOn: '2025-10-26' },
    },
    makes: { 'ccer-lot': 2, 'ccer-cancellation': 2, 'offset-booking': 1 },
    ends: [
      ['ccer-cancellation', 'ccer-cancellation.1', 'BOOKED'],
      ['ccer-cancellation', 'ccer-cancellation.2', 'CANCELLED'],
    ],
  },
  '2021–22: frozen, synced, cancelled in part, the rest released': frozenInPart,
  '2023–24: one lot of the earlier registry, one of the present': twoRegistries,
  '2025–26 (draft): registered since the new market alone': {
    terms: { 'ccer.registeredFrom': '20240122' },
    edits: { [`${lot}/registeredOn`]: '2024-01-22', [`${other}/registeredOn`]: '2025-03-06', [`${lot}/booked`]: true },
    makes: { 'ccer-lot': 2, 'ccer-cancellation': 2, 'offset-booking': 1 },
    ends: [['ccer-cancellation', 'ccer-cancellation.1', 'BOOKED']],
  },
};

export const rules = (terms: Readonly<Record<string, string>>): Parameters<typeof parsePlantYear>[1] => ({
  ...{ methodology: coalPower('2024'), parameters: rulesWith(terms) },
});

export function faultsOf(edits: Edits, terms: Readonly<Record<string, string>>): readonly Fault[] {
  try {
    parsePlantYear(edited(sample, edits), rules(terms));
    return [];
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'BAD_FILE') return error.faults;
    throw error;
  }
}
