import {
  boundedTree,
  type BoundedTree,
  type BuiltRecord,
  coalPower,
  coalPowerParameters,
  cosign,
  digestBytes,
  type DigestedSubmission,
  digestSubmission,
  type DocumentRef,
  type Figure,
  formatCheckpoint,
  formatNote,
  formatVkey,
  leafHash,
  makeReceipt,
  noteSigner,
  originOf,
  type Policy,
  policyId,
  type Receipt,
  recordLeafHash,
  signNote,
  utf8Encode,
} from '@carbon-ledger/core';
import { buildPlantYear, namedParties, parsePlantYear } from '@carbon-ledger/plant-year';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from '@carbon-ledger/plant-year/trial';
import sampleFile from '../../scripts/sample/sample-plant.json';
import { build, ledgerId, msp, sign } from './trial-world';

/** Documents of a record by its business key. */
type DocumentsOf = (key: string) => DocumentRef[];

interface Anchored {
  readonly built: BuiltRecord;
  readonly digested: DigestedSubmission;
  readonly place: number;
  readonly logIndex: number;
}

const national = trialNationalAuthority;
const origin = originOf(ledgerId);
const logSigner = noteSigner(origin, 'ed25519', new Uint8Array(32).fill(41));
const witness = noteSigner('example.com/witness', 'cosignature-v1', new Uint8Array(32).fill(42));
const signedAt = '2026-11-21T08:00:00Z';

/** Two files for each month's evidence, one for each laboratory report, as the sample plant keeps them. */
function documentsOf(key: string): DocumentRef[] {
  const names = key.includes('monthly-evidence')
    ? ['daily-coal.csv', 'stock.csv']
    : key.includes('test-report')
      ? ['report.pdf']
      : [];
  return names.map((name) => {
    const bytes = utf8Encode(`${key} ${name}`);
    return { role: 'evidence', name, mediaType: 'text/csv', size: String(bytes.length), ...digestBytes(bytes) };
  });
}

function rule(type: 'methodology' | 'parameter', content: Readonly<Record<string, unknown>>): BuiltRecord {
  return build({
    type,
    issuer: national.uscc,
    subject: { uscc: national.uscc, unit: 'POWER', period: '2024' },
    content,
  });
}

/** All records of the sample plant-year in the order of their submissions, the founder's own record first. */
function steps(documents: DocumentsOf): (readonly BuiltRecord[])[] {
  const file = parsePlantYear(structuredClone(sampleFile));
  const province = trialProvinceAuthority('140000');
  const methodology = rule('methodology', { ...coalPower('2024') });
  const parameters = rule('parameter', { ...coalPowerParameters('2024') });
  const ledger = {
    methodology,
    parameters,
    provinceAuthority: province.uscc,
    allowanceRegistry: trialAllowanceRegistry.uscc,
    ccerRegistry: trialCcerRegistry.uscc,
  };
  const parties = [province, trialAllowanceRegistry, trialCcerRegistry, ...namedParties(file)];
  const distinct = new Map(parties.map((party) => [party.uscc, party]));
  const registered = [...distinct.values()].map((party) => trialPartyRecord(party, national.uscc, [msp]));
  const year = buildPlantYear(file, ledger, { salts: trialSalts, documents });
  const founder = trialPartyRecord(national, national.uscc, [msp]);
  return [[founder], [...registered, methodology, parameters], ...year.steps.map(({ records }) => records)];
}

/** The sample plant-year in a log with a signed and witnessed checkpoint, and receipts of all its records. */
export class ProofWorld {
  readonly #anchored = new Map<string, Anchored>();
  readonly #tree: BoundedTree;
  readonly #checkpoint: string;

  /** @param size leaves of the log; records of others fill it up */
  static async open(size = 1000, documents: DocumentsOf = documentsOf): Promise<ProofWorld> {
    const anchored: Anchored[] = [];
    for (const records of steps(documents)) {
      const digested = digestSubmission(await sign(records, { signedAt }));
      const first = anchored.length;
      for (const [place, built] of records.entries())
        anchored.push({ built, digested, place, logIndex: first + place });
    }
    return new ProofWorld(anchored, size);
  }

  private constructor(anchored: readonly Anchored[], size: number) {
    for (const one of anchored) this.#anchored.set(one.built.id, one);
    const leaves = anchored.map(({ built }) => recordLeafHash(built.record));
    const filler = Array.from({ length: size - leaves.length }, (_, index) =>
      leafHash(utf8Encode(`other ${String(index)}`)),
    );
    this.#tree = boundedTree([...leaves, ...filler]);
    const text = formatCheckpoint({ origin, size: BigInt(size), rootHash: this.#tree.root });
    this.#checkpoint = formatNote({
      text,
      signatures: [signNote(text, logSigner), cosign(text, witness, 1_795_000_000n)],
    });
  }

  get policy(): Policy {
    return {
      schema: 'carbon-ledger/policy/v1',
      ledgerId,
      origin,
      logKey: formatVkey(logSigner.key),
      witnesses: [formatVkey(witness.key)],
      quorum: 1,
    };
  }

  get records(): readonly BuiltRecord[] {
    return [...this.#anchored.values()].map(({ built }) => built);
  }

  get figures(): Record<string, readonly Figure[]> {
    return Object.fromEntries(this.records.map(({ id, figures }) => [id, figures]));
  }

  get receipts(): readonly Receipt[] {
    return [...this.#anchored.values()].map((one) => this.#receiptOf(one));
  }

  receipt(key: string): Receipt {
    const found = [...this.#anchored.values()].find(({ built }) => built.key === key);
    if (found === undefined) throw new Error(`no record ${key}`);
    return this.#receiptOf(found);
  }

  #receiptOf({ built, digested, place, logIndex }: Anchored): Receipt {
    const { party, keyId, suite, signedAt: at, signature } = digested.submission;
    const signer = [...this.#anchored.values()].find(
      ({ built: { record } }) => record.type === 'party' && record.subject.uscc === party,
    );
    if (signer === undefined) throw new Error(`${party} is not registered`);
    const path = boundedTree(digested.leafHashes).path(place);
    const recordCount = digested.leafHashes.length;
    return makeReceipt({
      ledger: ledgerId,
      record: built.record,
      submission: { party, keyId, suite, signedAt: at, signature, recordCount, recordIndex: place, path },
      signer: {
        record: signer.built.record,
        logIndex: BigInt(signer.logIndex),
        path: this.#tree.path(signer.logIndex),
      },
      logIndex: BigInt(logIndex),
      path: this.#tree.path(logIndex),
      checkpoint: this.#checkpoint,
      txId: 'ab'.repeat(32),
      blockNumber: 1n,
      policyId: policyId(this.policy),
    });
  }
}
