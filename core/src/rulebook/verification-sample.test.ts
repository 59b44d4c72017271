import fc from 'fast-check';
import { drawnSample } from './types/inspection';
import { citedRecord, someParties, toldOf } from './testing/bench';
import { sampleFaults, type VerificationSample } from './verification-sample';

const { enterprise, lab } = someParties;
const keyOf = (month: string): string => `${enterprise}/U1/${month}/monthly-evidence`;
const months = ['2024-01', '2024-02', '2024-03', '2024-04'].map(keyOf);
const report = {
  cites: months.map((key) => ({ role: 'monthly-evidence', record: `rec:${'0'.repeat(64)}`, key })),
};
const seed = 'ab'.repeat(32);

function sampleOf(change: Partial<VerificationSample> = {}): VerificationSample {
  const base = { of: 'months', rule: 'lowest-hash', seed, frame: months, size: 2, ...change } as const;
  const drawn = drawnSample(base.seed, base).map((item) => ({ item, outcome: 'conforms' as const }));
  return { drawn, ...base };
}

const placesOf = (sample: VerificationSample): string[] =>
  sampleFaults([sample], enterprise, report).map(({ path }) => path.replace('/content/samples/0/', ''));

describe('a sample of a verification', () => {
  it('that the seed draws is taken, whatever the seed and the size', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), fc.integer({ min: 1, max: 4 }), (own, size) => {
        expect(placesOf(sampleOf({ seed: own, size }))).toEqual([]);
      }),
    );
  });

  it('that was drawn by hand is refused: any item in the place of another', () => {
    const { drawn } = sampleOf();
    const others = months.filter((key) => !drawn.some(({ item }) => item === key));
    for (const item of others)
      expect(placesOf(sampleOf({ drawn: [drawn[0]!, { item, outcome: 'conforms' }] }))).toEqual(['drawn']);
    expect(placesOf(sampleOf({ drawn: drawn.slice(1) }))).toEqual(['drawn']);
  });

  it('leaves no month of the report out of the draw', () => {
    expect(placesOf(sampleOf({ frame: months.slice(1) }))).toEqual(['frame']);
    const documents = months.map((key) => `${key}#1`);
    expect(placesOf(sampleOf({ of: 'documents', frame: documents.slice(1) }))).toEqual([]);
  });

  it.each([
    ['an item twice', { frame: [...months, months[0]!] }, ['frame']],
    ['more than there is', { size: 5 }, ['size']],
    ['a document among months', { frame: [...months, `${months[0]!}#1`] }, ['frame']],
    ['a month among documents', { of: 'documents' as const }, ['frame']],
    ['another enterprise', { frame: [...months, keyOf('2024-05').replace(enterprise, lab)] }, ['frame']],
  ])('is refused with %s', (_, change, expected) => {
    expect(placesOf(sampleOf(change))).toEqual(expected);
  });

  it('says what does not conform', () => {
    const [first, second] = sampleOf().drawn;
    const bare = { ...first!, outcome: 'differs' as const };
    expect(placesOf(sampleOf({ drawn: [bare, second!] }))).toEqual(['drawn/0/note']);
    expect(placesOf(sampleOf({ drawn: [{ ...bare, note: '入炉煤量记录缺失' }, second!] }))).toEqual([]);
  });

  it('stands in the conclusion, and is judged there', async () => {
    const cited = (key: string): ReturnType<typeof citedRecord> =>
      citedRecord('monthly-evidence', { subject: { period: key.split('/')[2] ?? '' } });
    const told = async (samples: readonly VerificationSample[]): Promise<string[]> => {
      const annual = citedRecord('annual-report', { cited: { 'monthly-evidence': months.map(cited) } });
      const all = await toldOf('verification-conclusion', {
        content: { samples },
        cited: { 'annual-report': [annual] },
      });
      return all.filter((one) => one.includes('samples'));
    };
    expect(await told([sampleOf()])).toEqual([]);
    expect(await told([sampleOf(), sampleOf({ frame: months.slice(1) })])).toEqual([
      'BAD_RECORD /content/samples/1/frame',
    ]);
  });
});
