import { recordTypes } from '../registry';
import { citedRecord, recordOf, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['deadline', 'surrenderedOn'],
  bad: [
    ...['2025-13-01', '2025-02-29', '31.12.2025', ''].flatMap((day) => [
      [`the deadline ${day}`, { deadline: day }, '/content/deadline'] as const,
      [`surrender on ${day}`, { surrenderedOn: day }, '/content/surrenderedOn'] as const,
    ]),
    ['no deadline yet', { deadline: null }, '/content/deadline'],
  ],
};

describe('the content of a surrender', () => {
  it.each([...goodContents('surrender', promise), { deadline: '2025-12-31', surrenderedOn: null }])(
    'is taken as %j',
    (content) => {
      expect(contentFaultsOf('surrender', content)).toEqual([]);
    },
  );
  it.each(badContents('surrender', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('surrender', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

function surrendering(used: string, cap: string, ...purposes: string[]): Situation {
  const cancellations = purposes.map((purpose, index) =>
    citedRecord('ccer-cancellation', { kind: `ccer-cancellation.${String(index)}`, content: { purpose } }),
  );
  return { figures: { ccerUsed_tCO2: used, ccerCap_tCO2: cap }, cited: { 'ccer-cancellation': cancellations } };
}

describe('a surrender', () => {
  it.each([
    ['0', '0', []],
    ['141298', '141298', []],
    ['141299', '141298', ['OVER_CAP /totals/ccerUsed_tCO2']],
    // As decimals, not as texts.
    ['9', '141298', []],
    ['100000', '99999', ['OVER_CAP /totals/ccerUsed_tCO2']],
    ['99999.01', '99999.001', ['OVER_CAP /totals/ccerUsed_tCO2']],
  ])('uses %s t of CCER under a cap of %s t (R-L21)', async (used, cap, expected) => {
    expect(await toldOf('surrender', surrendering(used, cap))).toEqual(expected);
  });

  it('leaves missing figures to those who recompute them', async () => {
    expect(await toldOf('surrender', { figures: { ccerUsed_tCO2: '5' } })).toEqual([]);
  });

  it('takes CCER that was cancelled for the national market alone, and names each that was not (C10)', async () => {
    expect(await toldOf('surrender', surrendering('1', '2', 'national-offset', 'national-offset'))).toEqual([]);
    expect(await toldOf('surrender', surrendering('1', '2', 'voluntary', 'national-offset', 'other'))).toEqual([
      'C10 /cites',
      'C10 /cites',
    ]);
  });

  it('books every cancellation that it cites', () => {
    expect(recordTypes.surrender.acts?.(recordOf('surrender'))).toEqual([
      { role: 'ccer-cancellation', trigger: 'surrender' },
    ]);
  });
});
