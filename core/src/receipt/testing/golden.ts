import { canonicalize } from '../../canonical';
import type { ErrorCode } from '../../errors';
import { formatReceipt, packReceipt, POLICY_SCHEMA_2, type Expectation, type Policy, type Receipt } from '..';
import { formatVkey, noteSigner, type NoteSigner } from '../../log';
import { damages } from './damage';
import { packingDamages } from './packing-damage';
import { secret, type MutableReceipt } from './parts';
import { timestamps } from './timestamps';
import { ReceiptWorld } from './world';

/** One golden file and what every verifier, ours and foreign, must answer. */
interface GoldenCase {
  readonly name: string;
  /** File below the folder of the format. */
  readonly receipt: string;
  readonly policy: string;
  readonly document?: string;
  readonly expect?: Expectation;
  readonly result: 'PASS' | 'FAIL' | 'PENDING';
  readonly code?: ErrorCode;
  readonly missing?: readonly string[];
}

interface GoldenSet {
  readonly cases: readonly GoldenCase[];
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

type Question = Pick<GoldenCase, 'policy' | 'document' | 'expect'>;

const POLICY = 'policy.json';
const DOCUMENT = 'document.csv';

/** Collects the files and the answers of one format version. */
class GoldenWriter {
  readonly cases: GoldenCase[] = [];
  readonly files = new Map<string, string | Uint8Array>();
  readonly #asked = new Map<string | Uint8Array, string>();

  good(name: string, text: string | Uint8Array, question: Partial<Question> = {}): void {
    this.#add('valid', text, { name, policy: POLICY, ...question, result: 'PASS' });
  }

  pending(name: string, text: string, missing: readonly string[]): void {
    this.#add('pending', text, { name, policy: POLICY, result: 'PENDING', missing });
  }

  bad(name: string, code: ErrorCode, text: string | Uint8Array, question: Partial<Question> = {}): void {
    this.#add('must-fail', text, { name, policy: POLICY, ...question, result: 'FAIL', code });
  }

  /** Cases that ask different things of one receipt share its file. */
  #add(folder: string, text: string | Uint8Array, one: Omit<GoldenCase, 'receipt'>): void {
    const slug = one.name.replaceAll(/[^a-zA-Z0-9]+/g, '-');
    const receipt = this.#asked.get(text) ?? `${folder}/${slug}.${typeof text === 'string' ? 'json' : 'receipt'}`;
    this.#asked.set(text, receipt);
    this.files.set(receipt, text);
    this.cases.push({ ...one, receipt });
  }
}

/** The golden files of receipt.v1: written once, verified for ever. */
export function goldenReceipts(): GoldenSet {
  const world = ReceiptWorld.create();
  const writer = new GoldenWriter();
  addValid(writer, world);
  addDamaged(writer, world);
  addText(writer, world);
  addKeys(writer, world);
  addQuestions(writer, world);
  addPolicies(writer, world);
  writer.files.set(POLICY, canonicalize(world.policy));
  writer.files.set(DOCUMENT, new TextDecoder().decode(world.document));
  return writer;
}

/** Receipts with timestamps, added to receipt.v1 when its policies learnt to ask for them. */
export function goldenTimestamps(): GoldenSet {
  const world = ReceiptWorld.create();
  const writer = new GoldenWriter();
  const stranger = 'policy-stranger.json';
  const stamped = (token: string): string => changed(world, (receipt) => (receipt.timestamp = token));
  writer.good('with a timestamp', stamped(timestamps.good));
  writer.pending(
    'without a timestamp',
    changed(world, () => undefined),
    ['timestamp'],
  );
  writer.bad('timestamp over other bytes', 'TIMESTAMP_MISMATCH', stamped(timestamps.otherBytes));
  writer.bad('timestamp of a stranger', 'TIMESTAMP_UNTRUSTED', stamped(timestamps.good), { policy: stranger });
  writer.bad(
    'timestamp altered',
    'TIMESTAMP_INVALID',
    stamped(timestamps.good.replace(/.{20}$/, `${'A'.repeat(18)}==`)),
  );
  writer.bad('timestamp not base64', 'PROOF_MALFORMED', stamped(timestamps.good.slice(1)));
  writer.files.set(POLICY, canonicalize(world.timestampPolicy(timestamps.root)));
  writer.files.set(stranger, canonicalize(world.timestampPolicy(timestamps.stranger)));
  return writer;
}

/** Packed files (docs/formats/packing.md) of receipt.v1, and what can be wrong with packing. */
export function goldenPackedReceipts(): GoldenSet {
  const world = ReceiptWorld.create();
  const writer = new GoldenWriter();
  const file = packReceipt(world.receipt());
  const question = { document: DOCUMENT, expect: { recordId: world.recordId } };
  writer.good('packed', file, question);
  writer.good('packed, of the founder', packReceipt(world.founderReceipt()));
  writer.good('packed, signed with SM2', packReceipt(world.sm2Receipt()));
  for (const [name, code, damaged] of packingDamages(file)) writer.bad(name, code, damaged);
  for (const [name, code, change] of damages(world).slice(-8)) {
    writer.bad(`packed, ${name}`, code, packReceipt(JSON.parse(changed(world, change)) as Receipt));
  }
  writer.files.set(POLICY, canonicalize(world.policy));
  writer.files.set(DOCUMENT, new TextDecoder().decode(world.document));
  return writer;
}

/** Receipts of a ledger that took over an earlier one, under policies of version 2. */
export function goldenCarriedOver(): GoldenSet {
  const world = ReceiptWorld.create();
  const writer = new GoldenWriter();
  const { ledgerId } = world.policy;
  const other = 'cd'.repeat(32);
  const place = BigInt(world.receipt().logIndex);
  const policies: readonly (readonly [string, string, string, bigint])[] = [
    [POLICY, other, ledgerId, place + 1n],
    ['policy-that-ends-before.json', other, ledgerId, place],
    ['policy-of-the-ledger-itself.json', ledgerId, other, 1n],
  ];
  for (const [file, own, earlier, size] of policies) {
    const carried = { ledgerId: earlier, size: size.toString() };
    const policy: Policy = { ...world.policy, schema: POLICY_SCHEMA_2, ledgerId: own, earlier: carried };
    writer.files.set(file, canonicalize(policy));
  }
  const [text, founding] = [formatReceipt(world.receipt()), formatReceipt(world.founderReceipt())];
  writer.good('carried over', text);
  writer.good('carried over, of the founder', founding);
  writer.good('behind what was carried over', text, { policy: 'policy-of-the-ledger-itself.json' });
  writer.bad('carried over, past the end', 'WRONG_LEDGER', text, { policy: 'policy-that-ends-before.json' });
  writer.bad('signed for the wrong one', 'WRONG_LEDGER', founding, { policy: 'policy-of-the-ledger-itself.json' });
  return writer;
}

function addValid(writer: GoldenWriter, world: ReceiptWorld): void {
  const text = formatReceipt(world.receipt());
  const expect = { issuer: world.lab, type: 'test-report', recordId: world.recordId, key: world.key };
  writer.good('report of a laboratory', text);
  writer.good('with its file', text, { document: DOCUMENT });
  writer.good('with what is expected of it', text, { document: DOCUMENT, expect });
  writer.good('of the founder', formatReceipt(world.founderReceipt()));
  writer.good('signed with SM2', formatReceipt(world.sm2Receipt()));
  writer.good(
    'with three witnesses',
    changed(world, (value) => (value.checkpoint = world.checkpoint(3))),
  );
  writer.good('key ends after signing', formatReceipt(world.receipt({ validTo: '2026-02-01T08:00:01Z' })));
  writer.pending(
    'one witness of two',
    changed(world, (value) => (value.checkpoint = world.checkpoint(1))),
    ['witnesses'],
  );
  writer.pending(
    'no witness',
    changed(world, (value) => (value.checkpoint = world.checkpoint(0))),
    ['witnesses'],
  );
  writer.pending(
    'one witness twice',
    changed(world, (value) => (value.checkpoint = world.checkpoint(1, 2))),
    ['witnesses'],
  );
}

function addDamaged(writer: GoldenWriter, world: ReceiptWorld): void {
  for (const [name, code, change] of damages(world)) writer.bad(name, code, changed(world, change));
}

function addText(writer: GoldenWriter, world: ReceiptWorld): void {
  const text = formatReceipt(world.receipt());
  writer.bad('not JSON', 'PROOF_MALFORMED', 'x');
  writer.bad('an array', 'PROOF_MALFORMED', '[]');
  writer.bad('white space', 'PROOF_MALFORMED', JSON.stringify(world.receipt(), null, 1));
  writer.bad('a newline at the end', 'PROOF_MALFORMED', `${text}\n`);
  writer.bad('a duplicate key', 'PROOF_MALFORMED', text.replace('{', '{"blockNumber":"3",'));
  writer.bad(
    'keys out of order',
    'PROOF_MALFORMED',
    text.replace('{"blockNumber":"3",', '{').replace(/}$/, ',"blockNumber":"3"}'),
  );
  writer.bad('an escape that is not needed', 'PROOF_MALFORMED', text.replace('X-1', '\\u0058-1'));
  writer.bad('text behind the end', 'PROOF_MALFORMED', `${text}{}`);
  writer.bad('a lone surrogate', 'PROOF_MALFORMED', text.replace('X-1', '\\ud800'));
  writer.bad('too large', 'PROOF_OVERSIZED', `"${'x'.repeat(300_000)}"`);
}

function addKeys(writer: GoldenWriter, world: ReceiptWorld): void {
  const bad = (name: string, code: ErrorCode, change: Parameters<ReceiptWorld['receipt']>[0]): void => {
    writer.bad(name, code, formatReceipt(world.receipt(change)));
  };
  bad('key ended before signing', 'KEY_NOT_VALID', { validTo: '2026-01-31T00:00:00Z' });
  bad('key ended at the moment of signing', 'KEY_NOT_VALID', { validTo: '2026-02-01T08:00:00Z' });
  bad('key began after signing', 'KEY_NOT_VALID', { validFrom: '2026-02-01T08:00:01Z' });
  bad('party suspended', 'PARTY_SUSPENDED', { status: 'suspended' });
}

function addQuestions(writer: GoldenWriter, world: ReceiptWorld): void {
  const text = formatReceipt(world.receipt());
  writer.files.set('document-altered.csv', '项目,数值\nCad,60.13\n');
  writer.bad('another file', 'DOCUMENT_MISMATCH', text, { document: 'document-altered.csv' });
  writer.bad('a file where the record names none', 'DOCUMENT_MISMATCH', formatReceipt(world.sm2Receipt()), {
    document: DOCUMENT,
  });
  writer.bad('another issuer expected', 'ISSUER_MISMATCH', text, { expect: { issuer: world.founder } });
  writer.bad('another type expected', 'RECORD_MISMATCH', text, { expect: { type: 'monthly-evidence' } });
  writer.bad('another key expected', 'RECORD_MISMATCH', text, { expect: { key: world.key.replace('U1', 'U2') } });
  writer.bad('another record expected', 'RECORD_MISMATCH', text, { expect: { recordId: `rec:${'00'.repeat(32)}` } });
}

function addPolicies(writer: GoldenWriter, world: ReceiptWorld): void {
  const text = formatReceipt(world.receipt());
  const stranger = noteSigner(world.policy.origin, 'ed25519', secret('stranger'));
  const bad = (name: string, code: ErrorCode, policy: Policy): void => {
    const file = `policy-${name.replaceAll(' ', '-')}.json`;
    writer.files.set(file, canonicalize(policy));
    writer.bad(`policy with ${name}`, code, text, { policy: file });
  };
  bad('another log key', 'CHECKPOINT_UNSIGNED', world.policyWith(stranger));
  bad('another ledger', 'WRONG_LEDGER', { ...world.policy, ledgerId: 'cd'.repeat(32) });
  addRetiredKeys(writer, world, stranger);
}

/** A log key signs sizes from the handover that made it to the one that ended it, and no others. */
function addRetiredKeys(writer: GoldenWriter, world: ReceiptWorld, other: NoteSigner): void {
  const { size } = world.head;
  const add = (name: string, policy: Policy, isGood: boolean): void => {
    const file = `policy-${name.replaceAll(' ', '-')}.json`;
    writer.files.set(file, canonicalize(policy));
    const text = formatReceipt(world.receipt());
    if (isGood) writer.good(name, text, { policy: file });
    else writer.bad(name, 'CHECKPOINT_UNSIGNED', text, { policy: file });
  };
  const until = (last: bigint): Policy => ({
    ...world.policyWith(other),
    retiredLogKeys: [{ logKey: world.policy.logKey, size: last.toString() }],
  });
  const from = (first: bigint): Policy => ({
    ...world.policy,
    retiredLogKeys: [{ logKey: formatVkey(other.key), size: first.toString() }],
  });
  add('log key that gave its place here', until(size), true);
  add('log key that gave its place before', until(size - 1n), false);
  add('log key that takes its place here', from(size), true);
  add('log key that takes its place later', from(size + 1n), false);
}

function changed(world: ReceiptWorld, change: (receipt: MutableReceipt) => void): string {
  const receipt = world.receipt();
  change(receipt);
  return canonicalize(receipt);
}
