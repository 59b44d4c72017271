import { readPlantYearLeniently } from '.';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { attachmentFaults, type Attachment } from './attachments';

const file = readPlantYearLeniently(structuredClone(sampleFile));
const plant = '91140000MA0FAKE01X';

const attached = (place: string, sha256: string, text?: string): Attachment => ({
  key: `${plant}/${place}`,
  name: `${sha256}.x`,
  sha256,
  text,
});

const messages = (...attachments: readonly Attachment[]): string[] =>
  attachmentFaults(file, attachments).map(({ path, message }) => `${path.replace(`${plant}/`, '')}: ${message}`);

describe('documents of a plant-year', () => {
  it('are each of one unit and month', () => {
    const found = messages(
      attached('U1/2024-01/test-report', 'a'),
      attached('U2/2024-01/test-report', 'a'),
      attached('U1/2024-02/test-report', 'a'),
      attached('U1/2024-03/test-report', 'b'),
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^U2\/2024-01\/test-report: a\.x is also the test-report of .*U1\/2024-01/);
  });

  it('may be several of one record, and one of the whole plant’s', () => {
    expect(
      messages(
        attached('U1/2024-01/test-report', 'a'),
        attached('U1/2024-01/test-report', 'a'),
        attached('U1/2024/verification-conclusion', 'c'),
        attached('U2/2024/verification-conclusion', 'c'),
        attached('PLANT/2024/verification-conclusion', 'c'),
      ),
    ).toEqual([]);
  });

  it.each([
    ['U1 生产月报 2024-01\n2024-01-05', []],
    ['U2 生产月报 2024-01', ['U2']],
    ['U1 生产月报 2024-02', ['2024-02']],
    ['U2 生产月报 2024年2月', ['U2', '2024-02']],
    ['合计 2024/1/31', []],
    ['日期 2024/2/1', ['2024-02']],
    ['U1 与 U2 共用 2024-01', []],
    ['U10 and XU2 are other words', []],
    ['日期,入炉煤量', []],
  ])('as the table %j are judged by the unit and month that they name', (text, about) => {
    const found = messages(attached('U1/2024-01/monthly-evidence', 'a', text));
    expect(found).toHaveLength(about.length);
    about.forEach((one, index) => {
      expect(found[index]).toContain(`R-D22: a.x is about ${one}`);
    });
  });
});
