import { putParty, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

interface Item {
  readonly item: string;
  readonly answer: string;
}

const { lab } = someParties;
const items = exampleOf('self-inspection')['items'] as readonly Item[];
const commitment = { truth: true, accuracy: true, completeness: true };
const promise: ContentPromise = {
  required: ['items', 'problems', 'services', 'commitment'],
  bad: [
    ['no item', { items: [] }, '/content/items'],
    ['an item that no form has', { items: [{ item: 'weather', answer: 'conforms' }] }, '/content/items/0/item'],
    ['an answer that is none', { items: [{ item: 'sampling', answer: 'perhaps' }] }, '/content/items/0/answer'],
    [
      'a problem without words',
      { problems: [{ item: 'sampling', text: '', corrected: true }] },
      '/content/problems/0/text',
    ],
    [
      'a problem that is perhaps corrected',
      { problems: [{ item: 'sampling', text: 'x', corrected: null }] },
      '/content/problems/0/corrected',
    ],
    ['a service of nobody', { services: [{ party: 'x', purpose: 'testing' }] }, '/content/services/0/party'],
    [
      'a service for another purpose',
      { services: [{ party: lab, purpose: 'cooking' }] },
      '/content/services/0/purpose',
    ],
    ...(['truth', 'accuracy', 'completeness'] as const).flatMap((word) => [
      [
        `no commitment to ${word}`,
        { commitment: { ...commitment, [word]: false } },
        `/content/commitment/${word}`,
      ] as const,
      [
        `silence on ${word}`,
        { commitment: { ...commitment, [word]: undefined } },
        `/content/commitment/${word}`,
      ] as const,
    ]),
  ],
};

describe('the content of a self-inspection', () => {
  it.each(contentTable('self-inspection', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('self-inspection', content)).toEqual(faults);
  });
});

const ofVerifier = [
  'conduct',
  'management',
  'impartiality',
  'timeliness',
  'quality',
  'test-reports',
  'laboratories',
  'anomalous-data',
];
const conforming = ofVerifier.map((item) => ({ item, answer: 'conforms' }));
const told = (situation: Situation): Promise<string[]> =>
  toldOf('self-inspection', { kind: 'self-inspection.enterprise', ...situation });

describe('a self-inspection (annex 1 of a key emitter, annex 2 of a verifier)', () => {
  it('answers every item of the form of its filer, and no item of the other', async () => {
    expect(await told({})).toEqual([]);
    const asVerifier = { kind: 'self-inspection.verifier', content: { items: conforming, problems: [] } };
    expect(await told(asVerifier)).toEqual([]);
    const wrongForm = await told({ kind: 'self-inspection.verifier' });
    expect(wrongForm.filter((one) => one === 'BAD_RECORD /content/items')).toHaveLength(ofVerifier.length);
    expect(wrongForm.filter((one) => /items\/\d+\/item$/.test(one))).toHaveLength(items.length);
  });

  it.each(items.map(({ item }) => item))('is refused without an answer on %s', async (item) => {
    const problems: unknown[] = [];
    const rest = items.filter((one) => one.item !== item).map((one) => ({ ...one, answer: 'not-applicable' }));
    expect(await told({ content: { items: rest, problems } })).toEqual(['BAD_RECORD /content/items']);
  });

  it('answers no item twice', async () => {
    const twice = [...items, { item: 'accounting', answer: 'conforms' }];
    expect(await told({ content: { items: twice } })).toEqual([
      `BAD_RECORD /content/items/${String(items.length)}/item`,
    ]);
  });

  it('tells a problem where it says that there is one, and nowhere else', async () => {
    const place = items.findIndex(({ item }) => item === 'sampling');
    const fault = [`BAD_RECORD /content/items/${String(place)}/answer`];
    expect(await told({ content: { problems: [] } })).toEqual(fault);
    const silent = items.map((one) => ({ ...one, answer: 'conforms' }));
    expect(await told({ content: { items: silent } })).toEqual(fault);
    expect(await told({ content: { items: silent, problems: [] } })).toEqual([]);
  });

  it('tells no problem of an item that its form does not have', async () => {
    const problems = [
      { item: 'sampling', text: '缺少采样记录', corrected: true },
      { item: 'impartiality', text: '同时咨询', corrected: false },
    ];
    expect(await told({ content: { problems } })).toEqual(['BAD_RECORD /content/problems/1/item']);
  });

  it('names services of registered parties alone', async () => {
    const content = { services: [{ party: lab, purpose: 'testing' }] };
    expect(await told({ content })).toEqual(['PARTY_UNKNOWN /content/services/0/party']);
    expect(
      await told({
        content,
        state: (view) => {
          putParty(view, lab);
        },
      }),
    ).toEqual([]);
    const ended = await told({
      content,
      state: (view) => {
        putParty(view, lab, {}, '2024-01-01T00:00:00Z');
      },
    });
    expect(ended).toEqual(['PARTY_UNKNOWN /content/services/0/party']);
  });
});
