import { type BuiltRecord, canonicalBytes, canonicalize, signSubmission } from '@carbon-ledger/core';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';
import { startEmbeddedPeer, type EmbeddedPeer, type EmbeddedPeerOptions } from '@carbon-ledger/embedded-peer';
import { createFabricGatewayLedger, type LedgerPort } from '@carbon-ledger/gateway-api';
import { temporaryFolder } from './temporary-folder';
import { enterprise, lab, sign, TrialWorld, unitOne, verifier } from './trial-world';

const msp = 'EmbeddedMSP';

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/** A genuine ledger in a folder of its own: embedded peer, real contract, trial parties. For tests of what reads folders. */
export class LedgerFolder {
  readonly dataDir: string;
  readonly world = new TrialWorld();
  readonly #peer: EmbeddedPeer;
  readonly #ledger: LedgerPort;
  readonly #anchored: BuiltRecord[] = [];

  private constructor(dataDir: string, peer: EmbeddedPeer, ledger: LedgerPort) {
    this.dataDir = dataDir;
    this.#peer = peer;
    this.#ledger = ledger;
  }

  static async open(options: Partial<EmbeddedPeerOptions> = {}): Promise<LedgerFolder> {
    const dataDir = options.dataDir ?? temporaryFolder('ledger-folder');
    const peer = await startEmbeddedPeer({ ...options, dataDir });
    const { endpoint, tls, channel, chaincodeName } = peer;
    const identity = peer.identities.get(msp);
    if (identity === undefined) throw new Error('the peer has no client identity');
    const ledger = createFabricGatewayLedger({ endpoint, tls, identity, channel, chaincodeName });
    return new LedgerFolder(dataDir, peer, ledger);
  }

  get id(): string {
    return this.#peer.genesisHash;
  }

  /** `host:port` of its peer. */
  get endpoint(): string {
    return this.#peer.endpoint;
  }

  get ledger(): LedgerPort {
    return this.#ledger;
  }

  /** The founding authority; then, in one transaction, all parties of the trial, the rules of the year, the plant's registrations. */
  async found(): Promise<void> {
    const { uscc } = trialNationalAuthority;
    const { record } = trialPartyRecord(trialNationalAuthority, uscc, [msp]);
    const body = { ledger: this.id, party: uscc, records: [record], signedAt: now() };
    const submission = await signSubmission(body, trialSigner(uscc));
    await this.#ledger.submit({ name: 'init', args: [this.id, canonicalize(submission)] });
    const parties = [trialProvinceAuthority('140000'), trialAllowanceRegistry, trialCcerRegistry];
    const facility = this.world.facility([unitOne]);
    await this.anchor(
      [
        ...[...parties, enterprise, lab, verifier].map((party) => trialPartyRecord(party, uscc, [msp])),
        this.world.methodology,
        this.world.parameters,
      ],
      [facility, this.world.engagement('testing', lab.uscc)],
      [
        this.world.review(facility, { decision: 'accept', reasons: [] }),
        this.world.listing(),
        this.world.engagement('verification', verifier.uscc),
      ],
    );
  }

  /** One transaction: each group is a submission of its first record's issuer. Returns the transaction id. */
  anchor(...groups: readonly (readonly BuiltRecord[])[]): Promise<string> {
    return this.#anchor(groups, () => Promise.resolve());
  }

  /** Two transactions that are both endorsed before either is sent; gives how many were committed as valid. */
  async anchorTogether(one: readonly BuiltRecord[], other: readonly BuiltRecord[]): Promise<number> {
    let endorsed = 0;
    let open = (): void => undefined;
    const bothEndorsed = new Promise<void>((resolve) => (open = resolve));
    const beforeSending = (): Promise<void> => {
      endorsed += 1;
      if (endorsed === 2) open();
      return bothEndorsed;
    };
    const outcomes = await Promise.allSettled([one, other].map((group) => this.#anchor([group], beforeSending)));
    return outcomes.filter(({ status }) => status === 'fulfilled').length;
  }

  /**
   * Has records endorsed, does something else, and only then sends them. What was done meanwhile may have made them
   * invalid: then this rejects with COMMIT_INVALID, and the transaction stands in a block all the same.
   */
  anchorLate(records: readonly BuiltRecord[], meanwhile: () => Promise<void>): Promise<string> {
    return this.#anchor([records], meanwhile);
  }

  async #anchor(groups: readonly (readonly BuiltRecord[])[], beforeSending: () => Promise<void>): Promise<string> {
    const options = { ledger: this.id, signedAt: now() };
    const submissions = await Promise.all(groups.map((records) => sign(records, options)));
    const records = groups.flat();
    const request = {
      submissions,
      figures: figuresOf(records),
      context: { records: this.#anchored.map(({ record }) => record), figures: figuresOf(this.#anchored) },
    };
    const { txId } = await this.#ledger.submit(
      { name: 'submit', transient: { request: canonicalBytes(request) } },
      beforeSending,
    );
    this.#anchored.push(...records);
    return txId;
  }

  /** Records that the folder held before it was opened, to be cited. */
  remember(...records: readonly BuiltRecord[]): void {
    this.#anchored.push(...records);
  }

  /** A unit's quality control plan, one month's sample, test report and evidence: four transactions. */
  async anchorMonth(period = '2024-01'): Promise<readonly BuiltRecord[]> {
    const plan = this.world.plan();
    const receipt = this.world.receipt(period);
    const report = this.world.report(receipt);
    const evidence = this.world.evidence(plan, report);
    await this.anchor([plan]);
    await this.anchor([receipt]);
    await this.anchor([report]);
    await this.anchor([evidence]);
    return [plan, receipt, report, evidence];
  }

  async close(): Promise<void> {
    await this.#ledger.close();
    await this.#peer.close();
  }
}

function figuresOf(records: readonly BuiltRecord[]): Record<string, BuiltRecord['figures']> {
  return Object.fromEntries(
    records.filter(({ figures }) => figures.length > 0).map(({ id, figures }) => [id, figures]),
  );
}
