import type { BuiltRecord } from '../../core/src/rulebook';
import { LedgerError, type Fault } from '../../core/src/errors';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from './trial';
import { buildPlantYear, namedParties, parseOwnPart, parsePlantYear, type PlantYear, type PlantYearLedger } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, type Json } from '../../scripts/sample/pointer';
import { msp, TrialWorld } from '../../test/support/trial-world';

const sample: Json = structuredClone(sampleFile);
const enterprise = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';

interface Month {
  readonly month: string;
  readonly lab: unknown;
}
interface Unit {
  readonly months: readonly Month[];
}
interface File {
  readonly units: readonly Unit[];
  readonly plantStockBalance: readonly Month[];
}

function without(value: object, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** The file as it is when so many months are over: no year yet, of others what they have handed in. */
function soFar(months: number): Json {
  const file = sample as never as File & Record<string, unknown>;
  const until = `2024-${String(months).padStart(2, '0')}`;
  const units = file.units.map((unit) => {
    return { ...without(unit, 'annual', 'allowance'), months: unit.months.filter(({ month }) => month <= until) };
  });
  const stock = file.plantStockBalance.filter(({ month }) => month <= until);
  return { ...without(file, 'compliance'), units, plantStockBalance: stock } as Record<string, unknown> as Json;
}

/** What a laboratory knows: its reports. */
function ofLab(): Json {
  const file = sample as never as File & Record<string, unknown>;
  const { enterprise: about, lab: own, verifier, reportYear } = file as never as Record<string, unknown>;
  const units = file.units.map((unit) => ({
    unitId: (unit as never as { unitId: string }).unitId,
    months: unit.months.map(({ month, lab: report }) => ({ month, lab: report })),
  }));
  return { reportYear, enterprise: about, lab: own, verifier, units } as Record<string, unknown> as Json;
}

function faultsOf(value: unknown, party: string): readonly Fault[] {
  try {
    parseOwnPart(value, party);
    return [];
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'BAD_FILE') return error.faults;
    throw error;
  }
}

/** Where no verifier is engaged yet. */
function withoutVerifier(value: Json): Json {
  return edited(value, { '/verifier': undefined });
}

describe('the own part of a plant-year', () => {
  it.each([1, 2, 7, 12])('of an enterprise may be %i months', (months) => {
    expect(faultsOf(soFar(months), enterprise)).toEqual([]);
  });

  it('of a laboratory is its reports', () => {
    expect(faultsOf(ofLab(), lab)).toEqual([]);
    expect(faultsOf(withoutVerifier(ofLab()), lab)).toEqual([]);
    expect(faultsOf(withoutVerifier(soFar(3)), enterprise)).toEqual([]);
    expect(faultsOf(ofLab(), enterprise).length).toBeGreaterThan(0);
  });

  it('of everybody is in the whole file', () => {
    for (const party of [enterprise, lab, '91110000MA0FAKE3W8']) expect(faultsOf(sample, party)).toEqual([]);
  });

  it.each<[string, Json | undefined, string]>([
    ['/units/0/months/0/emission_tCO2', '1.00', 'FIGURE_MISMATCH'],
    ['/units/0/months/0/generation_MWh', undefined, 'BAD_FILE'],
    ['/units/0/months/1/evidenceSubmitted', '2024-01-31', 'BAD_FILE'],
    ['/units/0/months/1/mistyped', '1', 'BAD_FILE'],
    ['/plantStockBalance/1/opening_t', '1.00', 'FIGURE_MISMATCH'],
  ])('is refused with what is wrong in it: %s', (path, value, code) => {
    expect(faultsOf(edited(soFar(2), { [path]: value }), enterprise)).toContainEqual(
      expect.objectContaining({ path, code }),
    );
  });

  it('has all twelve months once the year is reported', () => {
    const whole = sample as never as { units: [{ annual: Json }] };
    const early = edited(soFar(11), { '/units/0/annual': whole.units[0].annual });
    expect(faultsOf(early, enterprise)).toContainEqual(
      expect.objectContaining({ path: '/units/0/months', message: '2024-12 is missing' }),
    );
  });
});

function ledgerOf(world: TrialWorld, file: PlantYear): PlantYearLedger {
  return {
    methodology: world.methodology,
    parameters: world.parameters,
    provinceAuthority: trialProvinceAuthority(file.enterprise.fields.get('province') ?? '').uscc,
    allowanceRegistry: trialAllowanceRegistry.uscc,
    ccerRegistry: trialCcerRegistry.uscc,
  };
}

it('comes to the same ledger when every party brings its own part, again and again, as when one brings all', async () => {
  const world = await TrialWorld.withParties();
  const whole = parsePlantYear(sample);
  const fresh: BuiltRecord[] = [];
  for (const party of namedParties(whole))
    if (!(await world.ledger.get('party', party.uscc)))
      fresh.push(trialPartyRecord(party, trialNationalAuthority.uscc, [msp]));
  if (fresh.length > 0) await world.anchor(fresh);
  const ledger = ledgerOf(world, whole);
  const all = buildPlantYear(whole, ledger, { salts: trialSalts }).steps.flatMap(({ records }) => records);
  const parties = [...new Set(all.map(({ record }) => record.issuer))].sort();
  const anchored = new Map<string, BuiltRecord>();
  const bring = async (value: Json, party: string): Promise<number> => {
    const { file, isStated, isInOrder } = parseOwnPart(value, party);
    const built = buildPlantYear(file, ledger, {
      salts: (name) => {
        // Nobody signs for another, nor makes salts for it.
        expect(name).toBe(party);
        return trialSalts(name);
      },
      anchored: (key) => anchored.get(key),
      isInOrder,
      isMine: (plan) => plan.issuer === party && isStated(plan),
    });
    for (const { records } of built.steps) {
      await world.anchor(records);
      for (const record of records) anchored.set(record.key, record);
    }
    return built.waiting.length;
  };
  // January waits for the province to accept the units, then for the laboratory; then it goes on month by month.
  expect(await bring(soFar(1), enterprise)).toBeGreaterThan(0);
  expect(await bring(ofLab(), lab)).toBeGreaterThan(0);
  await bring(sample, ledger.provinceAuthority);
  expect(await bring(soFar(1), enterprise)).toBeGreaterThan(0);
  expect(await bring(ofLab(), lab)).toBe(0);
  for (const months of [1, 2, 12]) expect(await bring(soFar(months), enterprise)).toBe(0);
  for (let before = -1; before !== anchored.size;) {
    before = anchored.size;
    for (const party of parties) await bring(sample, party);
  }
  expect([...anchored.keys()].sort()).toEqual(all.map(({ key }) => key).sort());
  expect([...anchored.values()].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
});
