import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Decimal } from '../../core/src/decimal';
import { shelvedRules } from '../../core/src/methodology';
import { planPlantYear, readPlantYearLeniently } from '../../plant-year/src';
import { ownLedger } from '../../plant-year/src/parties';
import { sampleFiles } from './documents';
import { sample } from './documents/files';
import { coalDays } from './documents/plant';

const folder = path.join(__dirname, 'files');

function committed(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

describe('documents of the sample', () => {
  it('are made again with the same bytes', async () => {
    const files = await sampleFiles();
    expect(committed().sort()).toEqual([...files.keys()].sort());
    const changed = [...files].filter(([name, bytes]) => !readFileSync(path.join(folder, name)).equals(bytes));
    expect(changed.map(([name]) => name)).toEqual([]);
  });

  it('belong to records that the sample makes', async () => {
    const manifest = JSON.parse(
      Buffer.from((await sampleFiles()).get('manifest.json') ?? []).toString('utf8'),
    ) as object;
    const plan = planPlantYear(readPlantYearLeniently(sample), ownLedger(shelvedRules('CN-ETS-POWER', '2024')));
    const keys = new Set(plan.map(({ key }) => key));
    expect(Object.keys(manifest).filter((key) => !keys.has(key))).toEqual([]);
    // Lots are the registry's own; the plant's annual report is made of its units' reports; registrations stand before the year.
    const bare = plan
      .filter(({ key }) => !(key in manifest))
      .map(({ kind, subject }) => `${subject.unit} ${kind.split('.')[0] ?? ''}`);
    expect([...new Set(bare)]).toEqual([
      '- facility',
      '- engagement',
      '- review',
      '- emitter-list',
      'PLANT annual-report',
      'PLANT offset-application',
      'PLANT offset-confirmation',
      '1467848700000000001 ccer-lot',
      '1467848700000000002 ccer-lot',
    ]);
  });

  it('stay small', () => {
    const bytes = committed().reduce((sum, name) => sum + readFileSync(path.join(folder, name)).length, 0);
    expect(bytes).toBeLessThan(3_000_000);
  });

  it.each(sample.units.flatMap((unit) => unit.months.map((month) => [unit.unitId, month.month, unit, month] as const)))(
    'have daily rows of %s %s that make the month, to the digit',
    (_unitId, _month, unit, month) => {
      const days = coalDays(unit, month);
      const coal = Decimal.sum(...days.map(({ fc }) => fc));
      const weighted = (name: 'ncv' | 'mar', places: number): string =>
        Decimal.sum(...days.map((day) => new Decimal(day[name]).times(day.fc)))
          .div(coal)
          .toFixed(places);
      expect(coal.toFixed(2)).toBe(month.coalConsumption_t);
      expect(weighted('ncv', 3)).toBe(month.NCVar_GJ_t);
      expect(weighted('mar', 2)).toBe(month.Mar_pct);
    },
  );

  it('say that they are fictitious', async () => {
    const texts = [...(await sampleFiles())].filter(([name]) => /\.(?:txt|csv)$/.test(name));
    const silent = texts.filter(([, bytes]) => !Buffer.from(bytes).toString('utf8').includes('ENTIRELY FICTITIOUS'));
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});
