import { checkPlantYear, readPlantYearLeniently } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { edited, type Json } from '../../scripts/sample/pointer';
import { anchoredYear } from '../../test/support/anchored-year';

const sample: Json = structuredClone(sampleFile);
const enterprise = '91140000MA0FAKE01X';
const anchored = anchoredYear(sample);
const check = (value: Json) => checkPlantYear(readPlantYearLeniently(value), anchored);

describe('records of which the file says nothing any more', () => {
  it.each<[string, Record<string, Json | undefined>, readonly string[]]>([
    ['all lots', { '/compliance/ccerLots': [] }, ['PLANT/2024/ccer-cancellation.1', 'PLANT/2024/offset-application']],
    ['a unit', { '/units/1': undefined }, ['U2/2024/annual-report', 'U2/2024-05/sample-receipt']],
    [
      'all reports',
      Object.fromEntries(
        [0, 1].flatMap((u) =>
          Array.from({ length: 12 }, (_, m) => [`/units/${String(u)}/months/${String(m)}/lab`, undefined]),
        ),
      ),
      ['U1/2024-01/test-report', 'U2/2024-12/sample-receipt'],
    ],
  ])('are named where the file has none of their kind any more: %s', (_, edits, lacking) => {
    const { status, differences } = check(edited(sample, edits));
    expect(status).toBe('differs');
    const gone = differences.filter(({ figure, found }) => figure === 'record' && found === null);
    expect(gone.map(({ record }) => record)).toEqual(
      expect.arrayContaining(lacking.map((key) => `${enterprise}/${key}`)),
    );
  });
});
