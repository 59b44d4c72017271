import { recordTypes, sha256, toHex, fromHex } from '@carbon-ledger/core';
import { newSeed, openedWith, seedIn } from './seed';

const frame = ['91140000MA0FAKE01X', '91140100MA0FAKE2XU', '91110000MA0FAKE3W8'];

describe('the seed of an inspection', () => {
  it('is committed to by its SHA-256, and comes back from the file in which it was kept', () => {
    const { seed, commitment } = newSeed(new Uint8Array(32).fill(7));
    expect(commitment).toBe(toHex(sha256(fromHex(seed))));
    expect(seedIn(`种子 ${seed.toUpperCase()}\n`)).toBe(seed);
    expect(seedIn('none')).toBeUndefined();
    expect(newSeed().seed).not.toBe(newSeed().seed);
  });

  it('draws the plants that the ledger asks for, and opens no plan that committed to another', () => {
    const { seed, commitment } = newSeed(new Uint8Array(32).fill(7));
    const plan = { stage: 'plan', basis: '国令775', frame, size: 2, rule: 'lowest-hash', commitment };
    const opened = openedWith(plan, seed, '2025');
    expect(opened).toMatchObject({ stage: 'open', seed, covered: [{ years: ['2025'] }, { years: ['2025'] }] });
    const whole = {
      ...opened,
      papers: ['通知书1号'],
      inspectors: ['A1', 'A2'].map((role) => ({ role, party: frame[0] })),
    };
    expect(recordTypes.inspection.content.safeParse(whole).success).toBe(true);
    expect(openedWith(plan, newSeed(new Uint8Array(32).fill(8)).seed, '2025')).toBeUndefined();
  });
});
