import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerClient, type Fetch } from '@carbon-ledger/client-sdk';
import type { BuiltRecord } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import type { Gateway, GatewayOptions } from '../gateway-options';
import { startGateway } from '../start';
import { FakeLedger } from './fake-ledger';
import { foundingArguments, marketDrafts, signedBy, type SignedDraft } from './trial-world';

export const LEDGER_ID = 'ab'.repeat(32);
const MSP = 'TestMSP';

/** A running gateway on a ledger in memory, with the parties of the trial world registered. */
export class FakeGateway {
  readonly folder: string;
  readonly ledger: FakeLedger;
  readonly gateway: Gateway;

  private constructor(folder: string, ledger: FakeLedger, gateway: Gateway) {
    this.folder = folder;
    this.ledger = ledger;
    this.gateway = gateway;
  }

  static async start(options: Partial<GatewayOptions> = {}): Promise<FakeGateway> {
    const folder = mkdtempSync(join(tmpdir(), 'fake-gateway-'));
    const ledger = new FakeLedger({ ledgerId: LEDGER_ID, mspId: MSP, clock: () => new Date() });
    await ledger.submit({ name: 'init', args: await foundingArguments(LEDGER_ID, MSP, now()) });
    const fake = await FakeGateway.on(folder, ledger, options);
    await fake.client().submit(await marketDrafts(MSP, LEDGER_ID, now()));
    return fake;
  }

  /** Another gateway on the same folder or the same ledger. */
  static async on(folder: string, ledger: FakeLedger, options: Partial<GatewayOptions> = {}): Promise<FakeGateway> {
    const gateway = await startGateway({
      ledger,
      dataDir: folder,
      version: '0.0.0-test',
      port: 0,
      logLevel: 'silent',
      checkpointIntervalMs: 0,
      graceMs: 200,
      ...options,
    });
    await gateway.ready;
    return new FakeGateway(folder, ledger, gateway);
  }

  get url(): string {
    return this.gateway.url;
  }

  /** Without a party: the public. */
  client(party?: string, fetch?: Fetch): LedgerClient {
    const identity = party === undefined ? {} : { party, signer: trialSigner(party) };
    return new LedgerClient({ baseUrl: this.url, ...identity, ...(fetch === undefined ? {} : { fetch }) });
  }

  signed(party: string, records: readonly BuiltRecord[]): Promise<SignedDraft> {
    return signedBy(party, LEDGER_ID, records, now());
  }

  async stop(): Promise<void> {
    await this.gateway.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The error that a call ends with. */
export function problem(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no problem',
    (error: unknown) => error,
  );
}
