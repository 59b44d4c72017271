import { putParty, someParties, toldOf, type Situation } from '../testing/bench';

const { enterprise, lab: device } = someParties;
const other = '91350100M000100Y43';

/** Readings about the plant, by a device that somebody owns. */
function reading(owner: string, plant: 'active' | 'suspended' | 'ended', withdrawn?: string): Situation {
  return {
    issuer: device,
    by: { kind: 'device' },
    figures: { sum: '1000.00' },
    state: (view) => {
      putParty(view, device, { kind: 'device', owner });
      putParty(view, enterprise, { status: plant }, withdrawn);
    },
  };
}

describe('the readings of a device', () => {
  it.each([
    ['of the plant that owns it', reading(enterprise, 'active'), []],
    // Others go on to act about a suspended party.
    ['of a plant that is suspended', reading(enterprise, 'suspended'), []],
    ['of another plant', reading(other, 'active'), ['NOT_ALLOWED_TO_FILE /issuer']],
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
