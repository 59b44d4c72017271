import { canonicalBytes, canonicalize, hexPath, keptUntil, signPurge } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { openLedgerReader, startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { EarlierWorld, founder } from '../../../test/support/earlier-ledger';
import { fsck } from '@carbon-ledger/auditor';
import { createFabricGatewayLedger, type LedgerPort } from '../ledger';

const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

describe('a ledger that was carried over to other organisations', () => {
  const folder = temporaryFolder('purging');
  let peer: EmbeddedPeer;
  let earlier: EarlierWorld;
  const ledgers = new Map<string, LedgerPort>();

  const ledgerOf = (msp: string): LedgerPort => {
    const found = ledgers.get(msp);
    if (found !== undefined) return found;
    const { endpoint, tls, channel, chaincodeName } = peer;
    const identity = peer.identities.get(msp)!;
    const ledger = createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
    ledgers.set(msp, ledger);
    return ledger;
  };
  const purge = async (
    msp: string,
    txId: string,
    by = founder,
    request = { transactions: [txId], years: 5 },
  ): Promise<unknown> => {
    const statement = { ledger: peer.genesisHash, party: founder, signedAt: now() };
    const order = await signPurge({ ...statement, transactions: [txId], years: 5 }, trialSigner(by));
    return ledgerOf(msp).submit({ name: 'purge', args: [JSON.stringify(request), JSON.stringify(order)] });
  };
  const cosign = (): Promise<unknown> => ledgerOf('RegulatorMSP').submit({ name: 'cosign', args: ['', '', '', ''] });

  async function bring(from: number, to: number): Promise<string> {
    const transactions = earlier.transactions.slice(from, to);
    const first = earlier.transactions
      .slice(0, from)
      .flatMap(({ submissions }) => submissions.flatMap((s) => s.records));
    const { records, transactions: path } = earlier.proof(to);
    const proof = canonicalize({ records: hexPath(records), transactions: hexPath(path) });
    const request = canonicalBytes({ transactions, figures: earlier.figures, context: earlier.context });
    const call = { name: 'importBatch', args: [String(first.length), proof], transient: { request } };
    return (await ledgerOf('RegulatorMSP').submit(call)).txId;
  }

  beforeAll(async () => {
    peer = await startEmbeddedPeer({ dataDir: folder, organisations: ['RegulatorMSP', 'LabMSP'] });
    earlier = await EarlierWorld.open();
    const organisations = { EmbeddedMSP: ['RegulatorMSP'] };
    const body = { ledger: peer.genesisHash, organisations, signedAt: now() };
    const statement = canonicalize(await earlier.statement(body, trialSigner(founder)));
    const args = [peer.genesisHash, statement, canonicalize(earlier.founderProof())];
    await ledgerOf('RegulatorMSP').submit({ name: 'openImport', args });
  });
  afterAll(async () => {
    for (const ledger of ledgers.values()) await ledger.close();
    await peer.close();
  });

  it('purges and cosigns nothing before everything has come in', async () => {
    const txId = await bring(0, 2);
    await expect(purge('RegulatorMSP', txId)).rejects.toMatchObject({ code: 'IMPORT_OPEN' });
    await expect(cosign()).rejects.toMatchObject({ code: 'IMPORT_OPEN' });
  });

  it('lets those purge who stand for the founder, as it has signed, and nobody else', async () => {
    const txId = await bring(2, 5);
    const signed = earlier.transactions.slice(2).flatMap(({ submissions }) => submissions.map((one) => one.signedAt));
    jest.useFakeTimers({ now: new Date(keptUntil(signed, 5)), advanceTimers: true });
    jest.setSystemTime(Date.parse(keptUntil(signed, 5)) + 60_000);
    try {
      await expect(purge('LabMSP', txId)).rejects.toMatchObject({ code: 'WRONG_MSP' });
      const unsigned = { name: 'purge', args: [JSON.stringify({ transactions: [txId], years: 5 }), ''] };
      await expect(ledgerOf('RegulatorMSP').submit(unsigned)).rejects.toMatchObject({ code: 'BAD_JSON' });
      await expect(purge('RegulatorMSP', txId, '91140100MA0FAKE2XU')).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
      const longer = { transactions: [txId], years: 6 };
      await expect(purge('RegulatorMSP', txId, founder, longer)).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
      await purge('RegulatorMSP', txId);
    } finally {
      jest.useRealTimers();
    }
    await peer.close();
    const reader = await openLedgerReader(folder);
    const source = {
      name: 'test',
      height: () => Promise.resolve(undefined),
      blocks: (from: number) => reader.blocks(from),
    };
    const { result, findings } = await fsck({ source, figures: reader, threads: 0, peerState: reader });
    await reader.close();
    expect({ result, findings }).toEqual({ result: 'ok', findings: [] });
  });
});
