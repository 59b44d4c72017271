import { recordTypes } from '../registry';
import { putParty, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';
import { meterKinds, type MeterKind } from './device-batch';

const { enterprise, lab } = someParties;
const promise: ContentPromise = {
  required: ['meterId', 'meter', 'count', 'first', 'last', 'root'],
  bad: [
    ['a meter whose id has a space', { meterId: 'PDC 01' }, '/content/meterId'],
    ['a kind of meter that there is not', { meter: 'sundial' }, '/content/meter'],
    ['no reading', { count: 0 }, '/content/count'],
    ['half a reading', { count: 1.5 }, '/content/count'],
    ['more readings than a batch holds', { count: 100_001 }, '/content/count'],
    ['a time of another zone', { first: '2024-01-01T08:00:00+08:00' }, '/content/first'],
    ['parts of a second', { last: '2024-01-31T15:00:00.5Z' }, '/content/last'],
    ['a root in capitals', { root: 'AB'.repeat(32) }, '/content/root'],
  ],
};

describe('the content of a batch of readings', () => {
  it.each(contentTable('device-batch', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('device-batch', content)).toEqual(faults);
  });
});

const told = (content: Record<string, unknown>, more: Situation = {}): Promise<string[]> =>
  toldOf('device-batch', { ...more, content });

describe('a batch of readings', () => {
  it.each([
    ['the first second of the month in Shanghai', { first: '2023-12-31T16:00:00Z' }, []],
    ['a second before it', { first: '2023-12-31T15:59:59Z' }, ['BAD_RECORD /content/first']],
    ['the last second of the month', { last: '2024-01-31T15:59:59Z' }, []],
    ['a second behind it', { last: '2024-01-31T16:00:00Z' }, ['BAD_RECORD /content/last']],
  ])('is of one month: %s', async (_, content, expected) => {
    expect(await told(content)).toEqual(expected);
  });

  it('ends after it begins, unless it is one reading', async () => {
    const at = '2024-01-10T00:00:00Z';
    expect(await told({ first: at, last: at, count: 1 })).toEqual([]);
    expect(await told({ first: at, last: at, count: 2 })).toEqual(['BAD_RECORD /content/last']);
    expect(await told({ first: at, last: '2024-01-09T23:59:59Z', count: 1 })).toEqual(['BAD_RECORD /content/last']);
  });

  it('reads nothing that is still to come', async () => {
    expect(await told({}, { time: '2024-01-30T15:59:59Z' })).toEqual(['BAD_RECORD /content/last']);
    expect(await told({}, { time: '2024-01-30T16:00:00Z' })).toEqual([]);
  });

  it('of a device is about the plant that owns it', async () => {
    const device = (owner: string | undefined): Situation => ({
      ...{ issuer: lab, by: { kind: 'device' } },
      state: (view) => {
        putParty(view, enterprise);
        putParty(view, lab, { kind: 'device', ...(owner === undefined ? {} : { owner }) });
      },
    });
    expect(await told({}, device(enterprise))).toEqual([]);
    for (const owner of [lab, undefined])
      expect(await told({}, device(owner))).toEqual(['NOT_ALLOWED_TO_FILE /issuer']);
    expect(await told({}, { ...device(undefined), by: { kind: 'enterprise' } })).toEqual([]);
  });

  it.each(Object.keys(meterKinds) as MeterKind[])(
    'of a %s states its sum, in the unit and decimals of the month’s figure',
    (meter) => {
      const { unit, decimals } = meterKinds[meter];
      const specs = recordTypes['device-batch'].figures?.(recordOf('device-batch', { content: { meter } }));
      expect(specs).toEqual([
        { name: 'sum', unit, decimals, visibility: 'private', required: true, stated: true, cases: [] },
      ]);
    },
  );
});

const otherPlant = '91350100M000100Y43';

/** Readings about the plant, by a device that somebody owns. */
function reading(owner: string, plant: 'active' | 'suspended' | 'ended', withdrawn?: string): Situation {
  return {
    issuer: lab,
    by: { kind: 'device' },
    figures: { sum: '1000.00' },
    state: (view) => {
      putParty(view, lab, { kind: 'device', owner });
      putParty(view, enterprise, { status: plant }, withdrawn);
    },
  };
}

describe('the readings of a device', () => {
  it.each([
    ['of the plant that owns it', reading(enterprise, 'active'), []],
    // Others go on to act about a suspended party.
    ['of a plant that is suspended', reading(enterprise, 'suspended'), []],
    ['of another plant', reading(otherPlant, 'active'), ['NOT_ALLOWED_TO_FILE /issuer']],
    ['of a plant that was ended', reading(enterprise, 'ended'), ['PARTY_ENDED /subject/uscc']],
    [
      'of a plant whose registration was withdrawn',
      reading(enterprise, 'active', '2026-01-01T00:00:00Z'),
      ['PARTY_ENDED /subject/uscc'],
    ],
  ])('are %s or refused', async (_what, situation, expected) => {
    expect(await toldOf('device-batch', situation)).toEqual(expected);
  });
});
