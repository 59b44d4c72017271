import { recordTypes } from '../registry';
import { citedRecord, effectsOf, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['deadline', 'surrenderedOn'],
  optional: { allowances: [{ vintage: '2024', qty: '1' }] },
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

  it('takes its step in the life of the allowances once it is made, not where the obligation is stated', () => {
    const acts = (surrenderedOn: string | null): unknown =>
      recordTypes.surrender.acts?.(recordOf('surrender', { content: { surrenderedOn, allowances: [] } }));
    expect(acts('2025-12-20')).toEqual([{ role: 'allowance-issuance', trigger: 'surrender' }]);
    expect(acts(null)).toEqual([]);
  });

  it('moves allowances of each vintage from who holds them to the end of its year', () => {
    const allowances = [
      { vintage: '2023', qty: '5' },
      { vintage: '2024', qty: '7', account: someParties.lab },
    ];
    const moved = { do: 'move', how: 'surrender', for: '2024', on: '2025-12-20' };
    const to = { account: someParties.enterprise, pool: 'surrendered' };
    expect(effectsOf('surrender', { content: { allowances } })).toEqual([
      { ...moved, vintage: '2023', qty: '5', line: 0, from: { account: someParties.enterprise, pool: 'held' }, to },
      { ...moved, vintage: '2024', qty: '7', line: 1, from: { account: someParties.lab, pool: 'held' }, to },
    ]);
  });

  it.each([
    ['a vintage to come', [{ vintage: '2025', qty: '1' }], {}, ['RULE_REFUSED /content/allowances/0/vintage']],
    [
      'a vintage before the first that serves',
      [{ vintage: '2023', qty: '1' }],
      { 'surrender.firstVintage': '2024' },
      ['RULE_REFUSED /content/allowances/0/vintage'],
    ],
    ['another deadline', [], { 'surrender.deadline': '20251230' }, ['BAD_RECORD /content/deadline']],
    [
      'the account of somebody else',
      [{ vintage: '2024', qty: '1', account: someParties.lab }],
      {},
      ['BAD_RECORD /content/allowances/0/account'],
    ],
    ['what is right', [{ vintage: '2023', qty: '1' }], { 'surrender.deadline': '20251231' }, []],
  ])('is held to %s', async (_, allowances, given, expected) => {
    const values = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, { value, unit: '1', source: 'x' }]),
    );
    const cited = { parameters: [citedRecord('parameter', { content: { values } })] };
    expect(await toldOf('surrender', { content: { allowances }, cited })).toEqual(expected);
  });

  it('says on which day it was made, and on none to come', async () => {
    const rows = [{ vintage: '2024', qty: '1' }];
    expect(await toldOf('surrender', { content: { surrenderedOn: null, allowances: rows } })).toEqual([
      'BAD_RECORD /content/surrenderedOn',
    ]);
    expect(await toldOf('surrender', { content: { surrenderedOn: '2026-11-22', allowances: rows } })).toEqual([
      'BAD_RECORD /content/surrenderedOn',
    ]);
  });
});
