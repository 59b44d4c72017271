import { recordTypes, type LedgerRecord } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { beginFiling } from '../filing/draft';
import { drawnItems, frameOf, sampleOf, withSample, type SampleState } from './sample';

const uscc = '91140000MA0FAKE01X';
const filer = { uscc: '91110000MA0FAKE3W8', kind: 'verifier', region: '110000' };
const month = (period: string, names: readonly string[]): AnchoredRecordView => {
  const documents = names.map((name) => ({ name })) as LedgerRecord['documents'];
  return { key: `${uscc}/U1/${period}/monthly-evidence`, record: { documents } } as AnchoredRecordView;
};
const views = [month('2024-03', ['c']), month('2024-01', ['a', 'b']), month('2024-02', [])];
const state: SampleState = { seed: '07'.repeat(32), size: 2, found: {} };

describe('what is drawn from', () => {
  it('are months in the order of their keys, or what each of them names', () => {
    expect(frameOf(views, 'months').map(({ item }) => item.split('/')[2])).toEqual(['2024-01', '2024-02', '2024-03']);
    expect(
      frameOf(views, 'documents').map(({ item, document }) => `${item.split('/').at(-1) ?? ''} ${document ?? ''}`),
    ).toEqual(['monthly-evidence#1 a', 'monthly-evidence#2 b', 'monthly-evidence#1 c']);
  });
});

describe('a sample', () => {
  const frame = frameOf(views, 'months');
  const drawn = drawnItems(frame, state);
  const found = Object.fromEntries(drawn.map(({ item }) => [item, { outcome: 'conforms' as const }]));

  it('is drawn by a seed alone', () => {
    expect(drawn).toHaveLength(2);
    expect(drawnItems(frame, { ...state, seed: '7' })).toEqual([]);
    expect(drawnItems(frame, { ...state, size: Number.NaN })).toEqual([]);
  });

  it('is stated once all of it was looked at, and what does not conform was said', () => {
    const [first] = drawn;
    expect(sampleOf('months', frame, state)).toBeUndefined();
    const bare = { ...found, [first!.item]: { outcome: 'differs' as const, note: ' ' } };
    expect(sampleOf('months', frame, { ...state, found: bare })).toBeUndefined();
    const said = { ...found, [first!.item]: { outcome: 'differs' as const, note: '缺失' } };
    expect(sampleOf('months', frame, { ...state, found: said })?.drawn[0]).toEqual({
      item: first!.item,
      outcome: 'differs',
      note: '缺失',
    });
  });

  it('goes into the conclusion, where another one of the same kind gives way', () => {
    const sample = sampleOf('months', frame, { ...state, found });
    if (sample === undefined) throw new Error('nothing was drawn');
    const begun = beginFiling(
      'verification-conclusion',
      filer,
      new URLSearchParams({ uscc, unit: 'U1', period: '2024' }),
    );
    const once = withSample(begun, sample);
    const twice = withSample(withSample(once, { ...sample, of: 'documents' }), { ...sample, size: 1 });
    expect((twice.content['samples'] as { of: string; size: number }[]).map(({ of, size }) => [of, size])).toEqual([
      ['documents', 2],
      ['months', 1],
    ]);
    const shown = {
      ...once.content,
      reportNo: 'X-1',
      result: 'confirmed',
      conformity: { guideline: true, plan: true },
    };
    const read = recordTypes['verification-conclusion'].content.safeParse(JSON.parse(JSON.stringify(shown)));
    expect(read.error?.issues.filter(({ path }) => path[0] === 'samples')).toBeFalsy();
  });
});
