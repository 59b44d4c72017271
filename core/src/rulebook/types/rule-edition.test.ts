import { effectsOf, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['edition', 'notice'],
  texts: ['notice'],
  bad: [0, -1, 1.5, 10_000, NaN, Infinity, 2 ** 53, '2'].map(
    (edition) => [`edition ${String(edition)}`, { edition }, '/content/edition'] as const,
  ),
};

describe('the content of a rule edition', () => {
  it.each(goodContents('rule-edition', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('rule-edition', content)).toEqual([]);
  });
  it.each(badContents('rule-edition', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('rule-edition', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const after = (inForce: number | undefined, edition: number): Situation => ({
  content: { edition },
  state: (view) => {
    if (inForce !== undefined) view.put('edition', '', { edition: inForce, r: '' });
  },
});

describe('a rule edition', () => {
  it.each([
    [undefined, 2],
    [1, 2],
    [7, 8],
  ])('follows on the one in force (%s): %i', async (inForce, edition) => {
    expect(await toldOf('rule-edition', after(inForce, edition))).toEqual([]);
  });

  it.each([
    [undefined, 1],
    [undefined, 3],
    [7, 6],
    [7, 7],
    [7, 9],
  ])('neither repeats, leaps nor goes back (%s in force): %i', async (inForce, edition) => {
    expect(await toldOf('rule-edition', after(inForce, edition))).toEqual(['BAD_RECORD /content/edition']);
  });

  it('comes in force by being anchored', () => {
    expect(effectsOf('rule-edition', { content: { edition: 5 } })).toEqual([{ do: 'set-edition', edition: 5 }]);
  });
});
