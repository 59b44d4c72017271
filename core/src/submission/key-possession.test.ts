import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { isLedgerError } from '../errors';
import { assertKeyPossessed, keyPossessionDigest, provePossession } from './key-possession';
import { runToEnd } from './steps';

const party = '91140000MA0FAKE01X';
const other = '91140100MA0FAKE2XU';
const signer = trialSigner(party);

/** Code of the refusal; undefined where the proof holds. */
async function refusal(
  of: string,
  by: ReturnType<typeof trialSigner>,
  offered = by.keyId,
  proof?: string,
): Promise<string | undefined> {
  const made = proof ?? (await provePossession(of, by));
  try {
    assertKeyPossessed(party, { id: offered, suite: by.suite, proof: made });
    return undefined;
  } catch (error) {
    return isLedgerError(error) ? error.code : String(error);
  }
}

describe('a proof of possession', () => {
  it('holds for the party and the key that it is about', async () => {
    expect(await refusal(party, signer)).toBeUndefined();
  });

  it('does not hold for another party, another key, or with a bit changed', async () => {
    expect(await refusal(other, signer)).toBe('SIGNATURE_INVALID');
    expect(await refusal(party, signer, trialSigner(other).keyId)).toBe('SIGNATURE_INVALID');
    const proof = await provePossession(party, signer);
    const flipped = proof.replace(/..$/, (last) => (last === '1b' ? '1c' : '1b'));
    expect(await refusal(party, signer, signer.keyId, flipped)).toBe('SIGNATURE_INVALID');
    expect(await refusal(party, signer, signer.keyId, '')).toBeDefined();
  });

  it('is about each part apart: what moves from one into the other is another word', () => {
    const digest = (one: string, two: string): string => Buffer.from(keyPossessionDigest(one, two)).toString('hex');
    expect(digest('ab', 'c')).not.toBe(digest('a', 'bc'));
    expect(digest('a', 'b')).toBe(digest('a', 'b'));
  });
});

describe('work in steps', () => {
  it('comes to its result, step by step or all at once, and breaks where a step breaks', () => {
    function* sum(to: number): Generator<undefined, number, undefined> {
      let total = 0;
      for (let number = 1; number <= to; number += 1) {
        if (number === 13) throw new Error('unlucky');
        total += number;
        yield;
      }
      return total;
    }
    expect([runToEnd(sum(0)), runToEnd(sum(12))]).toEqual([0, 78]);
    expect(() => runToEnd(sum(13))).toThrow('unlucky');
  });
});
