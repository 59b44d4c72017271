import type { RecordHead } from '../service/service';
import { alreadyThere, formatAlready, isWhole } from './already';

/* A laboratory's batch, an agent's folder and an import tell the same of what stood there before. */

const key = (unit: string): string => `91140000MA0FAKE01X/${unit}/2025-06/test-report`;
const head = (unit: string, more: object = {}): RecordHead => ({
  ...{ key: key(unit), record: `rec:${'0'.repeat(64)}`, version: 1, status: 'current' },
  ...more,
});

function told(...heads: readonly RecordHead[]): ReturnType<typeof alreadyThere> {
  const heldBy = {
    heads: (_keys: readonly string[], asked?: string) => Promise.resolve(asked === undefined ? [] : [...heads]),
  };
  return alreadyThere(heldBy, [key('U1')]);
}

const finding = '91140000MA0FAKE01X/PLANT/2025/finding.1';
const receipt = '91140000MA0FAKE01X/U1/2025-06/sample-receipt';

it.each([
  [{ status: 'open' }, 'does not stand any more 已失效: it waits for its next version'],
  [{ status: 'withdrawn' }, 'does not stand any more 已失效: it was withdrawn'],
  [{ doubts: [{ why: 'questioned' }] }, 'is in doubt 存疑: an authority questions it'],
  [{ doubts: [{ why: 'under-finding', by: finding }] }, `is in doubt 存疑: the finding ${finding} is not closed`],
  [
    { doubts: [{ why: 'input-withdrawn', by: receipt }] },
    `is in doubt 存疑: it rests on ${receipt}, which does not stand`,
  ],
  [{ doubts: [{ why: 'key-compromised' }] }, 'is in doubt 存疑: it was signed with a key that was in other hands'],
])('is no yes, and says why: %j', async (more, why) => {
  const found = await told(head('U1', more), head('U2'), null);
  expect(isWhole(found)).toBe(false);
  expect(formatAlready(found)).toEqual([expect.stringContaining(`  ${key('U1')} ${why}`)]);
});

it('is a yes where all of it stands beyond doubt, and where nothing was there', async () => {
  for (const found of [await told(head('U1'), null), await told()]) {
    expect(isWhole(found)).toBe(true);
    expect(formatAlready(found)).toEqual([]);
  }
});
