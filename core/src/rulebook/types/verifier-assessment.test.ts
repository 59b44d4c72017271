import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { build, TrialWorld, verifier as trialVerifier } from '../../../../test/support/trial-world';
import type { BuiltRecord } from '..';
import { putParty, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

const province = trialProvinceAuthority('140000').uscc;
const [assessed] = exampleOf('verifier-assessment')['assessed'] as readonly Readonly<Record<string, unknown>>[];
const ofFirst = (change: object): Readonly<Record<string, unknown>> => ({ assessed: [{ ...assessed, ...change }] });

const promise: ContentPromise = {
  required: ['publishedOn', 'assessed'],
  bad: [
    ['nobody', { assessed: [] }, '/content/assessed'],
    ['a day that is none', { publishedOn: '2025-13-01' }, '/content/publishedOn'],
    ['a verifier without a code', ofFirst({ verifier: 'x' }), '/content/assessed/0/verifier'],
    ['half an enterprise', ofFirst({ enterprises: 0.5 }), '/content/assessed/0/enterprises'],
    ['a rating that there is not', ofFirst({ rating: 'fair' }), '/content/assessed/0/rating'],
    [
      'an item that no form has',
      ofFirst({ items: [{ item: 'weather', rating: 'good' }] }),
      '/content/assessed/0/items/0/item',
    ],
    ['a problem without words', ofFirst({ problems: [''] }), '/content/assessed/0/problems/0'],
  ],
};

describe('the content of an assessment of verifiers', () => {
  it.each(contentTable('verifier-assessment', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('verifier-assessment', content)).toEqual(faults);
  });
});

describe('an assessment of verifiers', () => {
  const { verifier, lab } = someParties;
  const told = (situation: Situation): Promise<string[]> =>
    toldOf('verifier-assessment', {
      state: (view) => {
        putParty(view, verifier, { kind: 'verifier' });
      },
      ...situation,
    });

  it('is of registered verifiers alone', async () => {
    expect(await told({})).toEqual([]);
    const unknown = ['PARTY_UNKNOWN /content/assessed/0/verifier'];
    expect(await told({ state: () => undefined })).toEqual(unknown);
    const asLab = (view: Parameters<NonNullable<Situation['state']>>[0]): void => {
      putParty(view, lab, { kind: 'lab' });
    };
    expect(await told({ content: ofFirst({ verifier: lab }), state: asLab })).toEqual(unknown);
  });

  it('names each verifier and each item once, and the problems of who is found poor', async () => {
    const twice = { assessed: [assessed, assessed] };
    expect(await told({ content: twice })).toEqual(['BAD_RECORD /content/assessed/1/verifier']);
    const item = { item: 'quality', rating: 'good' };
    expect(await told({ content: ofFirst({ items: [item, item] }) })).toEqual([
      'BAD_RECORD /content/assessed/0/items/1/item',
    ]);
    expect(await told({ content: ofFirst({ rating: 'poor' }) })).toEqual(['BAD_RECORD /content/assessed/0/problems']);
    expect(await told({ content: ofFirst({ rating: 'poor', problems: ['2 份报告失实'] }) })).toEqual([]);
  });

  it('was published by the time it is filed', async () => {
    expect(await told({ content: { publishedOn: '2099-01-01' } })).toEqual(['BAD_RECORD /content/publishedOn']);
  });
});

describe('the day of an assessment', () => {
  it('is told by every table of its year that stands', async () => {
    const world = await TrialWorld.open();
    const subject = { uscc: province, unit: '-', period: '2024' };
    const assessment = (...parameters: BuiltRecord[]): BuiltRecord =>
      build({
        ...{ type: 'verifier-assessment', issuer: province, subject, cites: { parameters } },
        content: {
          publishedOn: '2024-01-02',
          assessed: [{ ...assessed, verifier: trialVerifier.uscc }],
        },
      });
    const { refused } = await world.submit([assessment()]);
    expect(refused.flatMap(({ faults }) => faults)).toMatchObject([
      { code: 'CITATION_MISSING', details: { key: world.parameters.key } },
    ]);
    await world.anchor([assessment(world.parameters)]);
  });
});
