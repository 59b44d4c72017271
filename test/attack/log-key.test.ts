import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalize,
  consistencyFromTiles,
  cosign,
  formatNote,
  formatVkey,
  noteSigner,
  parseCheckpoint,
  parseNote,
  verifyReceipt,
  type NoteSigner,
  type Policy,
} from '@carbon-ledger/core';
import { audit, compareKept, type LogSource, openServiceLog, readKept, type Seen } from '@carbon-ledger/auditor';
import type { WitnessAnswer } from '@carbon-ledger/gateway-api';
import { formatAddCheckpoint } from '../../gateway-api/src/witness/request';
import { flipped } from './disk';
import { inventedLeaf, leavesOf, logOf, noteOf } from './forged-log';
import { byFsck, byService, refusal, sightingsOf, type Sighting } from './observe';
import { describeAttacks, type Attack } from './table';
import { startOutsideWitness } from './witness';
import { auditOptions, type World } from './world';

type Leaves = readonly Uint8Array[];

/** An auditor who saw the honest log, or one who sees a log for the first time. */
async function byAuditor(
  world: World,
  source: LogSource,
  seen: Seen | undefined,
  policy = world.policy,
): Promise<Sighting[]> {
  try {
    return sightingsOf('auditor', (await audit({ ...auditOptions, source, policy, seen })).report.findings);
  } catch (error) {
    return [refusal('auditor', error)];
  }
}

/** Two auditors lay what they kept beside each other. */
async function byCompare(world: World, one: string, other: string, source: LogSource): Promise<Sighting[]> {
  const kept = (note: string): ReturnType<typeof readKept>['kept'] => readKept(note, 'note', world.policy).kept;
  const { result, reason } = await compareKept(kept(one), kept(other), source.tile);
  return result === 'split' ? [{ by: 'compare', code: 'SPLIT_VIEW', place: 'checkpoint', message: reason }] : [];
}

/** A witness that cosigned the honest log is asked for its cosignature. */
async function byWitness(world: World, note: string, source: LogSource, size: number): Promise<Sighting[]> {
  const witness = await startOutsideWitness(world.logSigner.key);
  const held = parseCheckpoint(parseNote(world.note).text).size;
  const add = (oldSize: bigint, proof: readonly Uint8Array[], text: string): Promise<WitnessAnswer> =>
    witness.witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof, note: parseNote(text) }));
  try {
    await add(0n, [], world.note);
    const isLarger = BigInt(size) > held;
    const proof = isLarger ? await consistencyFromTiles(source.tile, held, BigInt(size)) : [];
    const { status, body } = await add(BigInt(size) < held ? 0n : held, proof, note);
    const message = status === 409 ? `it has cosigned ${body.trim()} records` : body.trim();
    return status === 200 ? [] : [{ by: 'witness', code: String(status), place: 'checkpoint', message }];
  } finally {
    await witness.close();
  }
}

/** fsck over the honest blocks, given the forged checkpoint. */
async function byBlocks(world: World, note: string): Promise<Sighting[]> {
  const folder = world.copy();
  const [noteFile, policyFile] = [join(folder, 'note'), join(folder, 'policy')];
  writeFileSync(noteFile, note);
  writeFileSync(policyFile, canonicalize({ ...world.policy }));
  return byFsck(folder, '--checkpoint', noteFile, '--policy', policyFile);
}

/** A checkpoint over other leaves, by who has stolen the log key, shown to everybody. */
function signing(what: string, forge: (leaves: Leaves) => Leaves, seen: readonly string[]): Attack {
  return {
    what: `stolen log key: ${what}`,
    seen,
    act: async (world) => {
      const leaves = forge(await leavesOf(world));
      const note = noteOf(leaves, world.logSigner);
      const source = logOf(leaves, note);
      return [
        ...(await byBlocks(world, note)),
        ...(await byAuditor(world, source, world.seen)),
        ...(await byCompare(world, world.note, note, source)),
        ...(await byWitness(world, note, source, leaves.length)),
      ];
    },
  };
}

/** An altered checkpoint, without the log key. */
function serving(
  what: string,
  alter: (note: string, world: World) => string,
  seen: readonly string[],
  policyOf = (world: World): Policy => world.policy,
): Attack {
  return {
    what: `a checkpoint altered on its way: ${what}`,
    seen,
    act: async (world) => {
      const leaves = await leavesOf(world);
      return byAuditor(world, logOf(leaves, alter(world.note, world)), world.seen, policyOf(world));
    },
  };
}

/** A receipt altered on its way to its party. */
function receiving(what: string, alter: (receipt: Record<string, unknown>) => void, seen: readonly string[]): Attack {
  return {
    what: `a receipt altered on its way: ${what}`,
    seen,
    act: (world) => {
      const receipt = structuredClone(world.receipts.get('monthly-evidence')) as Record<string, unknown>;
      alter(receipt);
      const { code = '', message = '', result } = verifyReceipt({ receipt, policy: canonicalize({ ...world.policy }) });
      return Promise.resolve(result === 'FAIL' ? [{ by: 'holder of the receipt', code, place: '', message }] : []);
    },
  };
}

const thief = (world: World): NoteSigner =>
  noteSigner(world.logSigner.key.name, 'ed25519', new Uint8Array(32).fill(66));
const line = (note: string, at: number): string[] => note.split('\n').slice(0, at);
const withLine = (note: string, at: number, text: string): string =>
  [...line(note, at), text, ...note.split('\n').slice(at + 1)].join('\n');
/** One bit at the end of the log's signature. */
function flipSignature(note: string): string {
  const { text, signatures } = parseNote(note);
  return formatNote({
    text,
    signatures: signatures.map((one) => ({ ...one, signature: flipped(one.signature, one.signature.length - 1) })),
  });
}

const part = (receipt: Record<string, unknown>, name: string): Record<string, unknown> =>
  receipt[name] as Record<string, unknown>;

describeAttacks('log key', [
  signing('a record replaced by another one', (leaves) => [...leaves.slice(0, -1), inventedLeaf], [
    'fsck CHECKPOINT_MISMATCH note',
    'auditor SPLIT_VIEW checkpoint',
    'compare SPLIT_VIEW checkpoint',
    'witness 422 checkpoint',
  ]),
  signing('the order of two records changed', (leaves) => [...leaves.slice(0, -2), leaves.at(-1)!, leaves.at(-2)!], [
    'fsck CHECKPOINT_MISMATCH note',
    'auditor SPLIT_VIEW checkpoint',
    'compare SPLIT_VIEW checkpoint',
    'witness 422 checkpoint',
  ]),
  signing('the last record left out', (leaves) => leaves.slice(0, -1), [
    'auditor ROLLED_BACK checkpoint',
    'witness 409 checkpoint',
  ]),
  {
    what: 'stolen log key: a record added that stands in no block',
    seen: ['fsck ROLLED_BACK note', 'auditor NOT_FOUND rec:… · record'],
    act: async (world) => {
      const leaves = [...(await leavesOf(world)), inventedLeaf];
      const note = noteOf(leaves, world.logSigner);
      const forged = logOf(leaves, note);
      const shown = await byService(world.copy(), world, {
        outside: (url) =>
          byAuditor(
            world,
            { ...openServiceLog(url), tile: forged.tile, checkpoint: () => Promise.resolve(note) },
            world.seen,
          ),
      });
      const witness = await byWitness(world, note, forged, leaves.length);
      return [...(await byBlocks(world, note)), ...shown, ...witness];
    },
  },
  {
    what: 'stolen log key: two logs shown to two auditors who have seen nothing before',
    seen: ['compare SPLIT_VIEW checkpoint'],
    act: async (world) => {
      const honest = await leavesOf(world);
      const forged = [...honest.slice(0, -1), inventedLeaf];
      const [one, other] = [noteOf(honest, world.logSigner), noteOf(forged, world.logSigner)];
      return [
        ...(await byAuditor(world, logOf(honest, one), undefined)),
        ...(await byAuditor(world, logOf(forged, other), undefined)),
        ...(await byCompare(world, one, other, logOf(forged, other))),
      ];
    },
  },
  serving('the size', (note) => withLine(note, 1, '19'), ['auditor CHECKPOINT_SIGNATURE_INVALID checkpoint']),
  serving('the root', (note) => withLine(note, 2, Buffer.alloc(32).toString('base64')), [
    'auditor CHECKPOINT_SIGNATURE_INVALID checkpoint',
  ]),
  serving('the origin', (note) => withLine(note, 0, 'carbon-audit-ledger/other'), [
    'auditor CHECKPOINT_ORIGIN_MISMATCH checkpoint',
  ]),
  serving('the signature', flipSignature, ['auditor CHECKPOINT_SIGNATURE_INVALID checkpoint']),
  serving(
    'signed by a key of the attacker',
    (_note, world) => formatNote({ ...parseNote(noteOf([inventedLeaf], thief(world))) }),
    ['auditor CHECKPOINT_UNSIGNED checkpoint'],
  ),
  serving(
    'a cosignature of the witness over another checkpoint',
    (note, world) => {
      const signer = noteSigner('witness.example', 'cosignature-v1', new Uint8Array(32).fill(9));
      const { text, signatures } = parseNote(note);
      return formatNote({
        text,
        signatures: [...signatures, cosign(parseNote(world.olderNote).text, signer, 1_795_000_000n)],
      });
    },
    ['auditor CHECKPOINT_SIGNATURE_INVALID checkpoint'],
    (world) => ({ ...world.policy, witnesses: [formatVkey(world.witness.key)], quorum: 1 }),
  ),
  receiving(
    'the record',
    (receipt) => {
      part(part(receipt, 'record'), 'content')['claimedSubmission'] = '2024-03-11';
    },
    ['holder of the receipt SIGNATURE_INVALID'],
  ),
  receiving(
    'the party’s signature',
    (receipt) => {
      const submission = part(receipt, 'submission');
      submission['signedAt'] = '2024-01-01T00:00:00Z';
    },
    ['holder of the receipt SIGNATURE_INVALID'],
  ),
  receiving(
    'the place in the log',
    (receipt) => {
      receipt['logIndex'] = '16';
    },
    ['holder of the receipt ROOT_MISMATCH'],
  ),
  receiving(
    'the checkpoint',
    (receipt) => {
      receipt['checkpoint'] = String(receipt['checkpoint']).replace('\n18\n', '\n20\n');
    },
    ['holder of the receipt INCLUSION_INVALID'],
  ),
  receiving(
    'the record of the party that signed',
    (receipt) => {
      part(part(part(receipt, 'signer'), 'record'), 'content')['name'] = 'another';
    },
    ['holder of the receipt SIGNER_UNPROVED'],
  ),
]);
