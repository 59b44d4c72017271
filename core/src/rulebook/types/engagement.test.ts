import type { Engagement } from '../../state';
import { citedRecord, effectsOf, putParty, someParties, toldOf, undoOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['party', 'contractNo'],
  texts: ['contractNo'],
  bad: [
    ['a party whose check digit is wrong', { party: '91140100MA0FAKE2X0' }, '/content/party'],
    ['a party in small letters', { party: '91140100ma0fake2xu' }, '/content/party'],
    ['a party with a space behind', { party: '91140100MA0FAKE2XU ' }, '/content/party'],
  ],
};

describe('the content of an engagement', () => {
  it.each(goodContents('engagement', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('engagement', content)).toEqual([]);
  });
  it.each(badContents('engagement', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('engagement', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const { lab, verifier, enterprise } = someParties;
const r = '1'.repeat(64);

type Roster = readonly Partial<Engagement>[];

/** A party of a kind, engaged for a purpose, with who was engaged before. */
function engaging(kind: string, purpose: string, engaged: Roster = [], party: string = lab): Situation {
  return {
    kind: `engagement.${purpose}`,
    content: { party },
    state: (view) => {
      putParty(view, party, { kind });
      view.put('engaged', `${enterprise}/2024`, {
        engaged: engaged.map((one) => ({ party, as: 'testing', r, ...one })),
      });
    },
  };
}

describe('an engagement', () => {
  it.each([
    ['lab', 'testing'],
    ['lab', 'testing-2'],
    ['preparer', 'preparation'],
    ['verifier', 'verification'],
    ['verifier', 'verification-31'],
  ])('gives a %s the work of %s', async (kind, purpose) => {
    expect(await toldOf('engagement', engaging(kind, purpose))).toEqual([]);
  });

  it.each([
    ['lab', 'verification'],
    ['verifier', 'testing'],
    ['preparer', 'testing'],
    ['enterprise', 'preparation'],
    ['device', 'testing'],
  ])('does not give a %s the work of %s', async (kind, purpose) => {
    expect(await toldOf('engagement', engaging(kind, purpose))).toEqual(['BAD_RECORD /content/party']);
  });

  it('is given to nobody who is not registered, or is ended', async () => {
    const unknown = { kind: 'engagement.testing', content: { party: lab } };
    expect(await toldOf('engagement', unknown)).toEqual(['PARTY_UNKNOWN /content/party']);
    for (const how of ['withdrawn', 'ended'] as const) {
      const state: Situation['state'] = (view) => {
        const status = how === 'ended' ? 'ended' : 'active';
        putParty(view, lab, { kind: 'lab', status }, how === 'withdrawn' ? '2026-01-01T00:00:00Z' : undefined);
      };
      expect(await toldOf('engagement', { ...unknown, state })).toEqual(['PARTY_UNKNOWN /content/party']);
    }
  });

  it('is given once for a purpose, and again once the first ended', async () => {
    const twice = engaging('lab', 'testing-2', [{}]);
    expect(await toldOf('engagement', twice)).toEqual(['STATE_CONFLICT /content/party']);
    expect(await toldOf('engagement', engaging('lab', 'testing-2', [{ ended: true }]))).toEqual([]);
    const another = engaging('lab', 'testing-2', [{ party: verifier }]);
    expect(await toldOf('engagement', another)).toEqual([]);
  });

  it.each([
    ['verification', 'preparation'],
    ['preparation', 'verification'],
  ] as const)(
    'for %s is kept from who ever did the %s of the year, even where that ended (R-D08)',
    async (now, once) => {
      const kind = now === 'verification' ? 'verifier' : 'preparer';
      for (const ended of [{}, { ended: true as const }])
        expect(await toldOf('engagement', engaging(kind, now, [{ as: once, ...ended }]))).toEqual([
          'R-D08 /content/party',
        ]);
      const elsewhere = engaging(kind, now, [{ as: once, party: lab }], verifier);
      expect(await toldOf('engagement', elsewhere)).toEqual([]);
    },
  );

  it('for testing bars nobody from preparing or verifying', async () => {
    expect(await toldOf('engagement', engaging('verifier', 'verification', [{ as: 'testing' }]))).toEqual([]);
  });

  it.each([
    ['testing', 'testing'],
    ['testing-12', 'testing'],
    ['preparation', 'preparation'],
    ['verification', 'verification'],
  ])('labelled %s is remembered in the roster of its year as %s', (label, as) => {
    expect(effectsOf('engagement', { kind: `engagement.${label}`, content: { party: lab } })).toEqual([
      { do: 'engage', uscc: enterprise, year: '2024', party: lab, as },
    ]);
  });

  it('ends with its own withdrawal', () => {
    const words = { kind: 'engagement.testing' };
    const engagement = citedRecord('engagement', words).id.slice(4);
    expect(undoOf('engagement', words)).toEqual([{ do: 'disengage', uscc: enterprise, year: '2024', engagement }]);
  });

  it('with a label of no purpose engages nobody', () => {
    expect(effectsOf('engagement', { kind: 'engagement.cleaning' })).toEqual([]);
  });
});
