import { equalBytes, toHex, utf8Encode } from '../../bytes';
import { canonicalize } from '../../canonical';
import { digestBytes } from '../../digest';
import {
  cosign,
  formatCheckpoint,
  formatNote,
  formatSignatureLine,
  formatVkey,
  noteSigner,
  parseNote,
  signNote,
  type Checkpoint,
  type NoteSigner,
} from '../../log';
import { boundedTree, leafHash, rootOf, type BoundedTree } from '../../merkle';
import { sm2Signer } from '../../signature';
import { secp256k1Signer } from '../../submission';
import { makeReceipt, policyId, type Policy, type Receipt } from '..';
import {
  FOUNDER,
  LAB,
  ledgerId,
  leafOf,
  logSigner,
  MILL,
  origin,
  partyRecord,
  recordOf,
  secret,
  signedSubmission,
  witnesses,
  type Json,
  type KeyChange,
  type MutableReceipt,
  type SomeSigner,
} from './parts';

export type { KeyChange, MutableReceipt };

const LOG_SIZE = 1000;
const LAB_INDEX = 2;
const MILL_INDEX = 3;
/** The record stands second among the three that were signed together. */
const RECORD_INDEX = 1;

/**
 * A small ledger in memory with real signatures and a real log, for tests of proofs: keys are hashes of names, times are
 * fixed, so every run makes the same bytes.
 */
export class ReceiptWorld {
  readonly founder = FOUNDER;
  readonly lab = LAB;
  readonly document = utf8Encode('项目,数值\nCad,60.12\n');
  readonly key = `${MILL}/U1/2026-01/test-report`;
  readonly #parties: readonly Json[];
  readonly #signers: Readonly<Record<'founder' | 'lab' | 'mill', SomeSigner>>;
  readonly #records: readonly Json[];
  readonly #evidence: Json;
  readonly #leaves: readonly Uint8Array[];
  readonly #tree: BoundedTree;

  static create(change: KeyChange = {}): ReceiptWorld {
    return new ReceiptWorld(change);
  }

  private constructor(change: KeyChange) {
    const [founder, lab, mill] = [
      secp256k1Signer(secret('founder')),
      secp256k1Signer(secret('lab')),
      sm2Signer(secret('mill')),
    ];
    this.#signers = { founder, lab, mill };
    this.#parties = [
      partyRecord(FOUNDER, 'national-authority', founder),
      partyRecord(LAB, 'lab', lab, change),
      partyRecord(MILL, 'enterprise', mill),
    ];
    this.#records = ['X-0', 'X-1', 'X-9'].map((reportNo) => this.#testReport(reportNo));
    this.#evidence = recordOf('monthly-evidence', MILL, { uscc: MILL, unit: 'U1', period: '2026-01' }, { content: {} });
    this.#leaves = this.#logLeaves();
    this.#tree = boundedTree(this.#leaves);
  }

  get recordId(): string {
    return `rec:${toHex(leafOf(this.#records[RECORD_INDEX]))}`;
  }

  /** Leaf hashes of its log. */
  get leaves(): readonly Uint8Array[] {
    return this.#leaves;
  }

  get policy(): Policy {
    return {
      schema: 'carbon-ledger/policy/v1',
      ledgerId,
      origin,
      logKey: formatVkey(logSigner.key),
      witnesses: witnesses.map(({ key }) => formatVkey(key)),
      quorum: 2,
    };
  }

  /** The policy that also asks for a timestamp of an authority under this root (DER, base64). */
  timestampPolicy(root: string): Policy {
    return { ...this.policy, timestampRoots: [root] };
  }

  policyWith(log: NoteSigner): Policy {
    return { ...this.policy, logKey: formatVkey(log.key) };
  }

  get head(): Checkpoint {
    return { origin, size: BigInt(LOG_SIZE), rootHash: this.#tree.root };
  }

  /** Receipt of the laboratory's report, in a ledger whose laboratory key was changed if so asked. */
  receipt(change?: KeyChange): Receipt & MutableReceipt {
    if (change !== undefined) return ReceiptWorld.create(change).receipt();
    return this.#receiptOf(LAB, this.#records, RECORD_INDEX, 'lab', 1);
  }

  founderReceipt(): Receipt & MutableReceipt {
    return this.#receiptOf(FOUNDER, this.#parties.slice(0, 1), 0, 'founder', 0);
  }

  sm2Receipt(): Receipt & MutableReceipt {
    return this.#receiptOf(MILL, [this.#evidence], 0, 'mill', 2);
  }

  /** A signature of the right form by the wrong key. */
  get otherSignature(): string {
    return signedSubmission(LAB, this.#signers.founder, this.#records).signature;
  }

  founderSigner(): MutableReceipt['signer'] {
    return this.founderReceipt().signer;
  }

  /** The signed checkpoint with lines of this many witnesses, each so many times. */
  checkpoint(count = 2, copies = 1, checkpoint: Checkpoint = this.head): string {
    const text = formatCheckpoint(checkpoint);
    return this.#signed(text) + this.#cosigned(text, count).repeat(copies);
  }

  /** Same size, root of a log in which one leaf differs. */
  staleRoot(): string {
    const rootHash = rootOf([leafHash(new Uint8Array(1)), ...this.#leaves.slice(1)]);
    return this.checkpoint(2, 1, { ...this.head, rootHash });
  }

  smallerCheckpoint(): string {
    return this.checkpoint(2, 1, { origin, size: 500n, rootHash: rootOf(this.#leaves.slice(0, 500)) });
  }

  /** The checkpoint's text without one of its lines, properly signed. */
  without(line: number): string {
    const lines = formatCheckpoint(this.head).split('\n');
    return this.#signed(lines.filter((_, at) => at !== line).join('\n'));
  }

  unsigned(): string {
    return `${formatCheckpoint(this.head)}\n`;
  }

  otherOrigin(): string {
    const other = noteSigner('carbon-audit-ledger/other', 'ed25519', secret('log'));
    const text = formatCheckpoint({ ...this.head, origin: other.key.name });
    return formatNote({ text, signatures: [signNote(text, other)] });
  }

  strangerSigned(): string {
    const text = formatCheckpoint(this.head);
    const stranger = noteSigner(origin, 'ed25519', secret('stranger'));
    return formatNote({ text, signatures: [signNote(text, stranger)] }) + this.#cosigned(text, 2);
  }

  /** The log's signature under a key id that is not its own. */
  badHint(): string {
    const { text, signatures } = parseNote(this.checkpoint());
    return formatNote({
      text,
      signatures: signatures.map((line, at) => (at === 0 ? { ...line, keyId: '00000000' } : line)),
    });
  }

  wrongSignature(): string {
    return this.#damaged(0);
  }

  wrongWitness(): string {
    return this.#damaged(2);
  }

  #damaged(line: number): string {
    const { text, signatures } = parseNote(this.checkpoint(3));
    const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte));
    const lines = signatures.map((one, at) => (at === line ? { ...one, signature: flipped(one.signature) } : one));
    return formatNote({ text, signatures: lines });
  }

  #signed(text: string): string {
    return formatNote({ text, signatures: [signNote(text, logSigner)] });
  }

  #cosigned(text: string, count: number): string {
    const lines = witnesses.slice(0, count).map((witness) => cosign(text, witness, 1_770_000_000n));
    return lines.map(formatSignatureLine).join('');
  }

  #testReport(reportNo: string): Json {
    const digests = digestBytes(this.document);
    const size = String(this.document.length);
    const document = { role: 'report', name: '煤质报告.csv', mediaType: 'text/csv', size, ...digests };
    const cites = [
      { role: 'sample-receipt', record: `rec:${'12'.repeat(32)}`, key: `${MILL}/U1/2026-01/sample-receipt` },
    ];
    const more = {
      content: { reportNo, issued: '2026-01-31' },
      documents: [document],
      cites,
      figuresRoot: 'ab'.repeat(32),
    };
    return recordOf('test-report', LAB, { uscc: MILL, unit: 'U1', period: '2026-01' }, more);
  }

  #logLeaves(): Uint8Array[] {
    const filler = (index: number): Uint8Array => leafHash(utf8Encode(`filler ${String(index)}`));
    const [founder, lab, mill] = this.#parties.map(leafOf) as [Uint8Array, Uint8Array, Uint8Array];
    const known = [founder, filler(1), lab, mill, leafOf(this.#evidence), filler(5), ...this.#records.map(leafOf)];
    return Array.from({ length: LOG_SIZE }, (_, index) => known[index] ?? filler(index));
  }

  #receiptOf(
    party: string,
    records: readonly Json[],
    recordIndex: number,
    signer: 'founder' | 'lab' | 'mill',
    partyAt: number,
  ): Receipt & MutableReceipt {
    const leaf = leafOf(records[recordIndex]);
    const logIndex = this.#leaves.findIndex((candidate) => equalBytes(candidate, leaf));
    const signerIndex = [0, LAB_INDEX, MILL_INDEX][partyAt] ?? 0;
    const submission = signedSubmission(party, this.#signers[signer], records);
    const path = boundedTree(records.map(leafOf)).path(recordIndex);
    const receipt = makeReceipt({
      ledger: ledgerId,
      record: records[recordIndex],
      submission: { ...submission, recordCount: records.length, recordIndex, path },
      signer: { record: this.#parties[partyAt], logIndex: BigInt(signerIndex), path: this.#tree.path(signerIndex) },
      logIndex: BigInt(logIndex),
      path: this.#tree.path(logIndex),
      checkpoint: this.checkpoint(),
      txId: toHex(secret('tx')),
      blockNumber: 3n,
      policyId: policyId(this.policy),
    });
    // Through text, so that a test that damages it damages nothing else.
    return JSON.parse(canonicalize(receipt)) as Receipt & MutableReceipt;
  }
}
