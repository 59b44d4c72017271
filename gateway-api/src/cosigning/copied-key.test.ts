import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import {
  cosignerName,
  formatNote,
  formatVkey,
  fromHex,
  noteSigner,
  parseNote,
  parseVkey,
  proveCosignerKey,
  verifierKey,
} from '@carbon-ledger/core';
import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createFabricGatewayLedger, startGateway, type Gateway, type LedgerPort } from '..';
import { foundingArguments, marketDrafts } from '../testing/trial-world';

const [honest, copier] = ['AMSP', 'BMSP'] as const;
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

describe("an organisation that registers another one's public key", () => {
  let folder: string;
  let peer: EmbeddedPeer;
  let gateway: Gateway;
  let ledgers: Record<typeof honest | typeof copier, LedgerPort>;
  let client: LedgerClient;

  const connect = (msp: string): LedgerPort => {
    const { endpoint, tls, channel, chaincodeName } = peer;
    return createFabricGatewayLedger({ endpoint, tls, identity: peer.identities.get(msp)!, channel, chaincodeName });
  };

  async function serve(quorum: number): Promise<void> {
    gateway = await startGateway({
      ledger: ledgers[honest],
      dataDir: join(folder, honest),
      version: '0.0.0-test',
      port: 0,
      logLevel: 'silent',
      checkpointIntervalMs: 0,
      quorum,
      cosigning: { intervalMs: 200 },
    });
    await gateway.ready;
    client = new LedgerClient({ baseUrl: gateway.url });
  }

  const cosigned = async (): Promise<string | undefined> => client.call('getCosignedCheckpoint').catch(() => undefined);

  beforeAll(async () => {
    folder = temporaryFolder('copied-key');
    peer = await startEmbeddedPeer({ dataDir: folder, organisations: [honest, copier] });
    ledgers = { [honest]: connect(honest), [copier]: connect(copier) };
    await ledgers[honest].submit({ name: 'init', args: await foundingArguments(peer.genesisHash, honest, now()) });
    await serve(1);
    await client.submit(await marketDrafts(honest, peer.genesisHash, now()));
  });
  afterAll(async () => {
    await gateway.close();
    for (const ledger of Object.values(ledgers)) await ledger.close();
    await peer.close();
  });

  it('is refused, with the signature as it stands on the ledger', async () => {
    const { logSize } = await client.call('getLedger');
    while (!(await cosigned())?.includes(`\n${String(logSize)}\n`)) await client.call('livez');
    const copied = await copiedFromLedger();
    for (const proof of ['', copied.proof])
      await expect(
        ledgers[copier].submit({ name: 'cosign', args: [copied.note, copied.key, '', proof] }),
      ).rejects.toMatchObject({ code: 'COSIGNER_KEY_UNPROVED' });
  });

  it('counts once beside it where both hold the key, is told, and a checkpoint kept under a smaller quorum counts no more', async () => {
    await gateway.close();
    const { note, key } = await copiedFromLedger();
    const seed = fromHex(readFileSync(join(folder, honest, 'keys', 'cosign.key'), 'utf8').slice(0, 64));
    const shared = noteSigner(cosignerName(copier), 'cosignature-v1', seed);
    const proof = proveCosignerKey({ ledger: peer.genesisHash, msp: copier }, shared);
    await ledgers[copier].submit({ name: 'cosign', args: [note, key, '', proof] });
    await serve(2);
    while ((await client.call('getCosigners')).cosigners.length < 2) await client.call('livez');
    const { cosigners } = await client.call('getCosigners');
    expect(cosigners).toMatchObject([{ sharesKey: true }, { sharesKey: true }]);
    expect(await cosigned()).toBeUndefined();
    await expect(client.policy()).rejects.toMatchObject({
      code: 'NOT_READY',
      message: expect.stringContaining('1 of 2') as string,
    });
  });

  async function copiedFromLedger(): Promise<{ note: string; key: string; proof: string }> {
    const [write] = await blocksWrites(`cosigner/${honest}`);
    const { key, note, proof } = JSON.parse(write!) as { key: string; note: string; proof: string };
    const { text, signatures } = parseNote(note);
    const copy = verifierKey(cosignerName(copier), 'cosignature-v1', parseVkey(key).publicKey);
    const line = { name: copy.name, keyId: copy.keyId, signature: signatures[0]!.signature };
    return { note: formatNote({ text, signatures: [line] }), key: formatVkey(copy), proof };
  }

  /** The last first. */
  async function blocksWrites(key: string): Promise<string[]> {
    const abort = new AbortController();
    const height = await ledgers[copier].height();
    const found: string[] = [];
    for await (const { number, transactions } of ledgers[copier].blocks(0n, abort.signal)) {
      const writes = transactions.flatMap((transaction) => transaction.writes);
      found.unshift(...writes.filter((write) => write.key === key).map(({ value }) => Buffer.from(value).toString()));
      if (number === height - 1n) abort.abort();
    }
    return found;
  }
});
