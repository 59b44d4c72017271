import fc from 'fast-check';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from './trial';
import { trialNationalAuthority } from './trial';
import type { DocumentRef } from '../../core/src/records';
import type { BuiltRecord } from '../../core/src/rulebook';
import { buildPlantYear, checkPlantYear, namedParties, parsePlantYear, readPlantYearLeniently } from '.';
import type { BuiltPlantYear, PlantYear, PlantYearLedger } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { otherPlantYear, type OtherPlant, type OtherUnit } from '../../scripts/sample/other-plants';
import { edited, type Json } from '../../scripts/sample/pointer';
import { msp, TrialWorld } from '../../test/support/trial-world';

const sample: Json = structuredClone(sampleFile);

function ledgerOf(world: TrialWorld, file: PlantYear): PlantYearLedger {
  return {
    methodology: world.methodology,
    parameters: world.parameters,
    provinceAuthority: trialProvinceAuthority(file.enterprise.fields.get('province') ?? '').uscc,
    allowanceRegistry: trialAllowanceRegistry.uscc,
    ccerRegistry: trialCcerRegistry.uscc,
  };
}

async function register(world: TrialWorld, file: PlantYear): Promise<void> {
  const fresh: BuiltRecord[] = [];
  for (const party of namedParties(file)) {
    if (!(await world.ledger.get('party', party.uscc)))
      fresh.push(trialPartyRecord(party, trialNationalAuthority.uscc, [msp]));
  }
  if (fresh.length > 0) await world.anchor(fresh);
}

/** Anchors a plant-year under the rules of the real ledger: every signature, every citation, every formula. */
async function anchor(value: Json): Promise<{ world: TrialWorld; file: PlantYear; built: BuiltPlantYear }> {
  const world = await TrialWorld.withParties();
  const file = parsePlantYear(value);
  await register(world, file);
  const built = buildPlantYear(file, ledgerOf(world, file), { salts: trialSalts });
  for (const step of built.steps) await world.anchor(step.records);
  return { world, file, built };
}

function value(built: BuiltPlantYear, place: string, figure: string): string | undefined {
  const found = built.steps.flatMap((step) => step.records).find((record) => record.key.endsWith(place));
  const own = found?.figures.find(({ name }) => name === figure)?.value;
  return own ?? found?.record.totals[figure]?.value;
}

const unit: fc.Arbitrary<OtherUnit> = fc
  .record({
    id: fc.constantFrom('A1', 'B-2', '3', 'unit_4', 'X5'),
    category: fc.constantFrom('I', 'II', 'III', 'IV'),
    unreported: fc.uniqueArray(fc.nat(11), { maxLength: 4 }),
    late: fc.uniqueArray(fc.nat(11), { maxLength: 4 }),
    coalShare: fc.integer({ min: 90, max: 140 }),
  })
  .map((part) => ({ ...part, capacity: part.category === 'II' ? 395 : 700 }));
const plant: fc.Arbitrary<OtherPlant> = fc.record({
  number: fc.integer({ min: 100_000, max: 999_999 }).map(String),
  units: fc.uniqueArray(unit, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
  hasLots: fc.boolean(),
});

describe('building a plant-year', () => {
  it('anchors the sample in few submissions, recomputed to the digit', async () => {
    const { built } = await anchor(sample);
    expect(built.steps.map(({ records }) => records.length)).toEqual([3, 3, 48, 41, 3, 6, 1, 1, 4, 1]);
    expect(value(built, '/PLANT/2024/annual-report', 'emission_tCO2')).toBe('4146356');
    expect(value(built, '/U1/2024/annual-report', 'emission_tCO2')).toBe('2373832');
    expect(value(built, '/U2/2024/annual-report', 'emission_tCO2')).toBe('1772524');
    expect(value(built, '/PLANT/2024/allowance-issuance', 'allowance_tCO2')).toBe('4064455');
    expect(value(built, '/PLANT/2024/allowance-issuance', 'gap_tCO2')).toBe('81901');
    expect(value(built, '/PLANT/2024/surrender', 'ccerCap_tCO2')).toBe('207317');
  });

  it('makes the same records again, and none that stand already', async () => {
    const { world, file, built } = await anchor(sample);
    const all = new Map(built.steps.flatMap((step) => step.records.map((record) => [record.key, record])));
    const ledger = ledgerOf(world, file);
    const again = buildPlantYear(file, ledger, { salts: trialSalts, anchored: (key) => all.get(key) });
    expect(again.steps).toEqual([]);
    expect(again.already.every(({ same }) => same)).toBe(true);
    const first = built.steps[0]?.records[0];
    const resumed = buildPlantYear(file, ledger, {
      salts: trialSalts,
      anchored: (key) => (key === first?.key ? first : undefined),
    });
    expect(resumed.steps.flatMap((step) => step.records.map(({ id }) => id))).toEqual(
      [...all.values()].slice(1).map(({ id }) => id),
    );
  });

  it('cites the record that stands, not the one it would have made', async () => {
    const { world, file } = await anchor(sample);
    const ledger = ledgerOf(world, file);
    const others = buildPlantYear(file, ledger, { salts: () => trialSalts(trialCcerRegistry.uscc) });
    const standing = others.steps.flatMap(({ records }) => records).find(({ record }) => record.type === 'test-report');
    const resumed = buildPlantYear(file, ledger, {
      salts: trialSalts,
      anchored: (key) => (key === standing?.key ? standing : undefined),
    });
    expect(resumed.already).toEqual([{ key: standing?.key, record: standing?.id, same: true, lacking: [] }]);
    const citing = resumed.steps.flatMap((step) => step.records.flatMap(({ record }) => record.cites));
    expect(citing.filter(({ key }) => key === standing?.key).map(({ record }) => record)).toEqual([standing?.id]);
  });

  it('tells a standing record that states something else', async () => {
    const { world, built } = await anchor(sample);
    const all = new Map(built.steps.flatMap((step) => step.records.map((record) => [record.key, record])));
    const changed = readPlantYearLeniently(edited(sample, { '/units/0/months/0/lab/issued': '2024-02-15' }));
    const options = { salts: trialSalts, anchored: (key: string) => all.get(key) };
    const other = buildPlantYear(changed, ledgerOf(world, changed), options).already.filter(({ same }) => !same);
    expect(other.map(({ key }) => key)).toEqual(['91140000MA0FAKE01X/U1/2024-01/test-report']);
  });

  it('hands documents to the records that name them', async () => {
    const world = await TrialWorld.withParties();
    const file = parsePlantYear(sample);
    const document = {
      ...{ role: 'report', name: 'a.pdf', mediaType: 'application/pdf', size: '1' },
      ...{ sha256: `sha256:${'0'.repeat(64)}`, sm3: `sm3:${'0'.repeat(64)}` },
    };
    const place = '91140000MA0FAKE01X/U1/2024-01/test-report';
    const documents = (key: string) => (key === place ? [document] : []);
    const built = buildPlantYear(file, ledgerOf(world, file), { salts: trialSalts, documents });
    const holders = built.steps.flatMap((step) => step.records.filter(({ record }) => record.documents.length > 0));
    expect(holders.map(({ key }) => key)).toEqual([place]);

    // Once more with another file, in another role, and with none: what is asked for is not taken for anchored.
    const anchored = (key: string): BuiltRecord | undefined => (key === place ? holders[0] : undefined);
    const again = (...refs: readonly DocumentRef[]): readonly string[] | undefined =>
      buildPlantYear(file, ledgerOf(world, file), {
        ...{ salts: trialSalts, anchored },
        documents: (key) => (key === place ? refs : []),
      }).already[0]?.lacking;
    const other = { ...document, name: 'b.pdf', sha256: `sha256:${'1'.repeat(64)}` };
    expect(again(document)).toEqual([]);
    expect(again()).toEqual([]);
    expect(again({ ...document, name: 'renamed.pdf' }, other)).toEqual(['b.pdf']);
    expect(again({ ...document, role: 'appendix' })).toEqual(['a.pdf']);
  });

  it('anchors any plant-year of the shape: other units, classes, default months, no offsets', async () => {
    await fc.assert(
      fc.asyncProperty(plant, async (other) => {
        const file = otherPlantYear(sample, other);
        const { world, built, file: parsed } = await anchor(file);
        const records = built.steps.flatMap((step) => step.records);
        expect(checkPlantYear(parsed, { ...ledgerOf(world, parsed), records })).toEqual({
          status: 'same',
          differences: [],
          faults: [],
          hidden: [],
          doubted: [],
        });
        const defaults = records.filter(({ record }) => record.content['carbonBasis'] === 'default');
        const expected = other.units.reduce(
          (sum, { late, unreported }) => sum + new Set([...late, ...unreported]).size,
          0,
        );
        expect(defaults).toHaveLength(expected);
      }),
      { numRuns: 6 },
    );
  });

  it('states the mine of a month’s coal where the file names it', async () => {
    const { built } = await anchor(edited(sample, { '/units/0/months/4/coalMine': '（虚构）北山煤矿' }));
    const mines = built.steps
      .flatMap(({ records }) => records)
      .flatMap(({ key, record }) => ('coalMine' in record.content ? [[key, record.content['coalMine']]] : []));
    expect(mines).toEqual([[expect.stringMatching(/U1\/2024-05\/monthly-evidence$/), '（虚构）北山煤矿']]);
  });

  it('uses the default of the unit’s class for a month without a report', async () => {
    const units = [{ id: 'CFB1', category: 'III', capacity: 700, unreported: [2], late: [5], coalShare: 100 }] as const;
    const file = otherPlantYear(sample, { number: '123456', units, hasLots: true });
    expect(JSON.stringify(file)).toContain('default 0.02858 tC/GJ');
    const { built } = await anchor(file);
    expect(value(built, '/CFB1/2024-03/monthly-evidence', 'CCimplied_tC_GJ')).toBe('0.02858');
    expect(value(built, '/CFB1/2024-03/monthly-evidence', 'CarMeasured_tC_t')).toBeUndefined();
    expect(value(built, '/CFB1/2024-06/monthly-evidence', 'CarMeasured_tC_t')).toBeDefined();
  });
});
