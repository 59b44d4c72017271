import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import {
  cosignedNote,
  cosignerName,
  formatCheckpoint,
  formatVkey,
  noteSigner,
  originOf,
  parsePolicy,
  type Policy,
  proveCosignerKey,
  verifyReceipt,
} from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { openLedgerReader, startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createFabricGatewayLedger, startGateway, type Gateway, type LedgerPort } from '..';
import { fsck, ProjectionReader } from '@carbon-ledger/auditor';
import { foundingArguments, lab, marketDrafts, sampleReceipt } from '../testing/trial-world';

const organisations = ['RegulatorMSP', 'EnterpriseMSP', 'LabMSP', 'VerifierMSP', 'RegistryMSP'] as const;
const [first, second, , , liar] = organisations;
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** Asks until the answer is as wanted; jest's own limit ends it otherwise. */
async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Member {
  readonly ledger: LedgerPort;
  readonly gateway: Gateway;
}

describe('five organisations that cosign one log through the contract', () => {
  let folder: string;
  let peer: EmbeddedPeer;
  const members = new Map<string, Member>();
  const policies = new Map<string, Policy>();

  const connect = (msp: string): LedgerPort => {
    const { endpoint, tls, channel, chaincodeName } = peer;
    return createFabricGatewayLedger({ endpoint, tls, identity: peer.identities.get(msp)!, channel, chaincodeName });
  };
  const memberOf = (msp: string): Member => members.get(msp)!;
  const clientOf = (msp: string): LedgerClient => new LedgerClient({ baseUrl: memberOf(msp).gateway.url });
  const cosignersAt = async (msp: string): ReturnType<typeof askCosigners> => askCosigners(clientOf(msp));
  const askCosigners = async (
    client: LedgerClient,
  ): Promise<readonly { organisation: string; size: string; agrees: boolean }[]> =>
    (await client.call('getCosigners')).cosigners;

  async function serve(msp: string, ledger: LedgerPort): Promise<void> {
    const gateway = await startGateway({
      ledger,
      dataDir: join(folder, msp),
      version: '0.0.0-test',
      port: 0,
      logLevel: 'silent',
      checkpointIntervalMs: 0,
      quorum: 3,
      cosigning: { intervalMs: 200 },
      onPolicy: (policy) => policies.set(msp, policy),
    });
    await gateway.ready;
    members.set(msp, { ledger, gateway });
  }

  beforeAll(async () => {
    folder = temporaryFolder('cosigning');
    peer = await startEmbeddedPeer({ dataDir: folder, organisations: [...organisations] });
    const founder = connect(first);
    await founder.submit({ name: 'init', args: await foundingArguments(peer.genesisHash, first, now()) });
    await serve(first, founder);
    for (const msp of organisations.slice(1)) await serve(msp, connect(msp));
    await clientOf(first).submit(await marketDrafts(first, peer.genesisHash, now()));
  });

  it('names no policy that nobody could satisfy, and one of five keys in the end', async () => {
    const policy = await eventually(
      () => Promise.resolve(policies.get(first)),
      (found) => found?.witnesses.length === organisations.length,
    );
    expect(parsePolicy(policy!).checkpoint).toMatchObject({ quorum: 3, witnesses: { length: 5 } });
    expect(await clientOf(first).policy()).toEqual(policy);
    expect(policies.get(second)?.witnesses).toEqual(policy?.witnesses);
  });

  it('come to one size, and a receipt of one verifies with three of five', async () => {
    const client = new LedgerClient({ baseUrl: memberOf(first).gateway.url, party: lab, signer: trialSigner(lab) });
    const { id, record } = sampleReceipt('U1');
    await client.anchor({ records: [record], figures: {} });
    const { logSize } = await client.call('getLedger');
    await eventually(
      () => cosignersAt(second),
      (all) => all.filter(({ size, agrees }) => agrees && size === String(logSize)).length === organisations.length,
    );
    const receipt = await eventually(
      () => client.receipt(id),
      (found) => verifyReceipt({ receipt: found, policy: policies.get(first)! }).result === 'PASS',
    );
    const five = { ...policies.get(first)!, quorum: 5 };
    expect(verifyReceipt({ receipt, policy: five })).toMatchObject({
      result: 'PASS',
      record: { witnesses: expect.arrayContaining(organisations.map(cosignerName)) as string[] },
    });
    expect(JSON.stringify(receipt).length).toBeLessThan(6_000);
    expect((await client.call('getLedger')).logSize).toBe(logSize);
    expect(await client.call('getCosignedCheckpoint')).toContain(`\n${String(logSize)}\n`);
  });

  it('tell an organisation that cosigns another root than their blocks give, and never join it to a note', async () => {
    await memberOf(liar).gateway.close();
    const signer = noteSigner(cosignerName(liar), 'cosignature-v1', new Uint8Array(32).fill(9));
    const registered = (await clientOf(first).call('getCosigners')).cosigners.find(
      ({ organisation }) => organisation === liar,
    )!;
    const checkpoint = {
      origin: originOf(peer.genesisHash),
      size: BigInt(registered.size),
      rootHash: new Uint8Array(32),
    };
    const lie = (size: bigint): string[] => {
      const text = formatCheckpoint({ ...checkpoint, size });
      return [
        cosignedNote(text, signer, BigInt(Math.floor(Date.now() / 1000))),
        formatVkey(signer.key),
        registered.key,
        proveCosignerKey({ ledger: peer.genesisHash, msp: liar }, signer),
      ];
    };
    const { ledger } = memberOf(liar);
    await expect(ledger.submit({ name: 'cosign', args: lie(checkpoint.size) })).rejects.toMatchObject({
      code: 'SPLIT_VIEW',
    });
    await expect(ledger.submit({ name: 'cosign', args: lie(1n) })).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    await expect(
      ledger.submit({ name: 'cosign', args: [...lie(checkpoint.size + 1n).slice(0, 2), '', ''] }),
    ).rejects.toMatchObject({ code: 'COSIGNER_KEY_OTHER' });
    await ledger.submit({ name: 'cosign', args: lie(checkpoint.size + 1n) });
    const told = await eventually(
      () => cosignersAt(first),
      (all) => all.some(({ agrees }) => !agrees),
    );
    expect(told.filter(({ agrees }) => !agrees)).toMatchObject([{ organisation: liar }]);
    const { id, record } = sampleReceipt('U2');
    const client = new LedgerClient({ baseUrl: memberOf(first).gateway.url, party: lab, signer: trialSigner(lab) });
    await client.anchor({ records: [record], figures: {} });
    const receipt = await eventually(
      () => client.receipt(id),
      (found) => verifyReceipt({ receipt: found, policy: policies.get(first)! }).result === 'PASS',
    );
    expect(JSON.stringify(receipt)).not.toContain(cosignerName(liar));
  });

  it('leave blocks in which fsck finds the lie and nothing else', async () => {
    for (const { gateway, ledger } of members.values()) {
      await gateway.close();
      await ledger.close();
    }
    await peer.close();
    const reader = await openLedgerReader(folder);
    const projection = await ProjectionReader.open(join(folder, first, 'projection'));
    const report = await fsck({ source: reader, figures: reader, projection, peerState: reader, threads: 0 });
    await projection.close();
    await reader.close();
    expect(report.findings).toEqual([
      expect.objectContaining({ code: 'CHECKPOINT_MISMATCH', field: `cosigner/${liar}` }),
    ]);
  });
});
