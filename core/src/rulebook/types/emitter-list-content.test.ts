import { citedRecord, effectsOf, putParty, someParties, toldOf, undoOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, exampleOf, goodContents, type ContentPromise } from '../testing/content-table';

const { enterprise, lab, verifier } = someParties;
const [entry] = exampleOf('emitter-list')['entries'] as Record<string, unknown>[];
const entries = (...changes: Record<string, unknown>[]): Record<string, unknown> => ({
  entries: changes.map((change) => ({ ...entry, ...change })),
});

const promise: ContentPromise = {
  required: ['entries'],
  bad: [
    ['no entry', { entries: [] }, '/content/entries'],
    ['1001 entries', { entries: Array.from({ length: 1001 }, () => entry) }, '/content/entries'],
    ['an entry without reason', entries({ reason: undefined }), '/content/entries/0/reason'],
    ['a reason that nobody sees', entries({ reason: '\u200b' }), '/content/entries/0/reason'],
    ['a sector that is no name', entries({ sector: 'paper mill' }), '/content/entries/0/sector'],
    ['a sector in capitals', entries({ sector: 'Power' }), '/content/entries/0/sector'],
    ['listed as a word', entries({ listed: 'yes' }), '/content/entries/0/listed'],
    ['a bad code in the second entry', entries({}, { uscc: '91140000MA0FAKE010' }), '/content/entries/1/uscc'],
    ['an entry with a field that it does not know', entries({ note: 'x' }), '/content/entries/0'],
  ],
};

describe('the content of an emitter list', () => {
  it.each(goodContents('emitter-list', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('emitter-list', content)).toEqual([]);
  });
  it.each(badContents('emitter-list', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('emitter-list', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const shanxi = { kind: 'province-authority', region: '140000' } as const;

function listing(region: string, ...changes: Record<string, unknown>[]): Situation {
  return {
    by: shanxi,
    content: entries(...changes),
    state: (view) => {
      putParty(view, enterprise, { kind: 'enterprise', region });
      putParty(view, lab, { kind: 'lab', region: '140100' });
      putParty(view, verifier, { kind: 'enterprise', region: '140100', status: 'ended' });
    },
  };
}

describe('an emitter list', () => {
  it('names registered enterprises of its own province', async () => {
    expect(await toldOf('emitter-list', listing('140600', {}))).toEqual([]);
  });

  it('names no enterprise of another province', async () => {
    expect(await toldOf('emitter-list', listing('440300', {}))).toEqual([
      'NOT_ALLOWED_TO_FILE /content/entries/0/uscc',
    ]);
  });

  it('names nobody who is no enterprise, is ended, or is not registered', async () => {
    const stranger = '91350100M000100Y43';
    const found = await toldOf(
      'emitter-list',
      listing('140600', { uscc: lab }, { uscc: verifier }, { uscc: stranger }),
    );
    expect(found).toEqual([0, 1, 2].map((index) => `PARTY_UNKNOWN /content/entries/${String(index)}/uscc`));
  });

  it('names nobody twice, neither in nor out', async () => {
    const twice = listing('140600', { listed: true }, { listed: false });
    expect(await toldOf('emitter-list', twice)).toEqual(['BAD_RECORD /content/entries/1/uscc']);
  });

  it('says of each entry whether it is in the market of the list’s year', () => {
    const words = { subject: { period: '2025' }, content: entries({}, { uscc: lab, listed: false }) };
    expect(effectsOf('emitter-list', words)).toEqual([
      { do: 'list', uscc: enterprise, year: '2025', listed: true, sector: 'POWER' },
      { do: 'list', uscc: lab, year: '2025', listed: false, sector: 'POWER' },
    ]);
  });

  it('takes its words back with itself, those of other lists untouched', () => {
    const list = citedRecord('emitter-list').id.slice(4);
    expect(undoOf('emitter-list')).toEqual([{ do: 'unlist', uscc: enterprise, year: '2024', list }]);
  });
});
