import { offerKey, secp256k1Signer } from '@carbon-ledger/core';
import { keyFileName, offeredKeys, partyOfRequest, requestFileName, requestText, withKeys } from './key-request';

const party = '91140000MA0FAKE01X';
const offered = (secret: number) =>
  offerKey(party, secp256k1Signer(new Uint8Array(32).fill(secret)), '2026-01-01T00:00:00Z');

describe('the request by which a key is registered', () => {
  it('comes back from its file as it was offered, and names its party', async () => {
    const key = await offered(1);
    const made = { party, keyId: key.id, offered: key };
    expect(offeredKeys(requestText(made))).toEqual([key]);
    expect(partyOfRequest(requestFileName(made))).toBe(party);
  });

  it('is named as its key file is, with nothing that a browser would write otherwise', () => {
    const made = { party, keyId: 'sm2:90c4' };
    expect([keyFileName(made), requestFileName(made)]).toEqual([
      `${party}.sm2-90c4.json`,
      `${party}.sm2-90c4.request.json`,
    ]);
  });

  it('is put beside the keys that stand there, each key once', async () => {
    const [one, two] = [await offered(1), await offered(2)];
    const first = withKeys({ name: 'a', keys: [{ id: '' }] }, [{ ...one }]);
    const both = withKeys(first, [{ ...two }]);
    expect(both).toEqual({ name: 'a', keys: [one, two] });
    expect(withKeys(both, [{ ...one, validTo: null }])['keys']).toHaveLength(2);
  });

  it.each(['', 'no JSON', '{}', '[]', '[{"id": "0x1"}]', '{"carbonLedger": {"party": "x"}}'])(
    'is no request: %s',
    (text) => {
      expect(offeredKeys(text)).toBeUndefined();
    },
  );

  it('names no party where it was renamed', () => {
    expect(partyOfRequest('key.json')).toBeUndefined();
  });
});
