import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  canonicalize,
  formatVkey,
  leafHash,
  noteSigner,
  originOf,
  rootOf,
  signCheckpoint,
  tilePath,
  type Policy,
} from '@carbon-ledger/core';
import { ReceiptWorld } from '../../../core/src/receipt/testing/world';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { audit, type AuditOptions, type AuditOutcome } from './audit';
import { compareKept, readKept } from './compare';
import { openFolderLog, openServiceLog, type LogSource } from './log-source';
import { drawIndexes } from './sample';
import { readSeen, writeSeen, type Seen } from './seen';

const ledgerId = 'cd'.repeat(32);
const origin = originOf(ledgerId);
const signer = noteSigner(origin, 'ed25519', new Uint8Array(32).fill(7));
const thief = noteSigner(origin, 'ed25519', new Uint8Array(32).fill(8));
const policy: Policy = {
  schema: 'carbon-ledger/policy/v1',
  ledgerId,
  origin,
  logKey: formatVkey(signer.key),
  witnesses: [],
  quorum: 0,
};

const leaves = (size: number, rewriteFrom = Infinity): Uint8Array[] =>
  Array.from({ length: size }, (_, index) =>
    leafHash(Buffer.from(`${index < rewriteFrom ? 'leaf' : 'other'} ${String(index)}`)),
  );

function noteOf(all: readonly Uint8Array[], by = signer): string {
  return signCheckpoint({ origin, size: BigInt(all.length), rootHash: rootOf(all) }, by);
}

/** The hashes of a tile of a small log, by the definition. */
function tileOf(all: readonly Uint8Array[], level: number, index: number, width: number): Uint8Array {
  const span = 256 ** level;
  const hashes = Array.from({ length: width }, (_, at) => {
    const start = (index * 256 + at) * span;
    return rootOf(all.slice(start, start + span));
  });
  return Buffer.concat(hashes);
}

function logOf(all: readonly Uint8Array[], change: Partial<LogSource> = {}): LogSource {
  return {
    name: 'test log',
    isComplete: false,
    checkpoint: () => Promise.resolve(noteOf(all)),
    tile: ({ level, index, width }) => Promise.resolve(tileOf(all, level, Number(index), width)),
    record: () => Promise.resolve(undefined),
    receipt: () => Promise.resolve(undefined),
    ...change,
  };
}

function look(source: LogSource, seen?: Seen, options: Partial<AuditOptions> = {}): Promise<AuditOutcome> {
  return audit({ source, policy, seen, seed: 'seed', now: '2026-11-21T08:00:00Z', ...options });
}

async function seenAt(size: number, rewriteFrom?: number): Promise<Seen> {
  const { seen } = await look(logOf(leaves(size, rewriteFrom)));
  if (seen === undefined) throw new Error('nothing was kept');
  return seen;
}

const codes = ({ report }: AuditOutcome): string[] => report.findings.map(({ code }) => code);

describe('audit', () => {
  it.each([1, 2, 255, 256, 257, 700])('finds a log of %i records in order and keeps what it saw', async (size) => {
    const { report, seen } = await look(logOf(leaves(size)), undefined, { allLeaves: true });
    expect(report).toMatchObject({ result: 'ok', size: String(size), findings: [] });
    expect(report.sample.included).toBe(Math.min(20, size));
    expect(seen?.checkpoints).toMatchObject([{ size: String(size), seenAt: '2026-11-21T08:00:00Z' }]);
  });

  it('proves that a grown log continues what was seen', async () => {
    const { report, seen } = await look(logOf(leaves(300)), await seenAt(40));
    expect(report).toMatchObject({ result: 'ok', previousSize: '40' });
    expect(seen?.checkpoints.map(({ size }) => size)).toEqual(['40', '300']);
  });

  it('finds a rewritten log, and keeps what it saw before', async () => {
    const before = await seenAt(40);
    const outcome = await look(logOf(leaves(300, 39)), before);
    expect(codes(outcome)).toEqual(['SPLIT_VIEW']);
    expect(outcome.seen).toBe(before);
  });

  it('finds two roots for one size', async () => {
    expect(codes(await look(logOf(leaves(40, 3)), await seenAt(40)))).toEqual(['SPLIT_VIEW']);
  });

  it('finds a log that went back', async () => {
    expect(codes(await look(logOf(leaves(39)), await seenAt(40)))).toEqual(['ROLLED_BACK']);
  });

  it('finds a checkpoint that the log’s key did not sign', async () => {
    const all = leaves(10);
    const forged = logOf(all, { checkpoint: () => Promise.resolve(noteOf(all, thief)) });
    expect(codes(await look(forged))).toEqual(['CHECKPOINT_UNSIGNED']);
  });

  it('finds tiles that are not those of the signed root', async () => {
    const all = leaves(300);
    const wrong = logOf(all, { tile: logOf(leaves(300, 17)).tile });
    expect(codes(await look(wrong))).toContain('LOG_MISMATCH');
    expect(codes(await look(wrong, undefined, { allLeaves: true }))).toContain('LOG_MISMATCH');
  });

  it('finds a record that is shown otherwise than it was anchored, and a receipt that is none', async () => {
    const source = logOf(leaves(3), {
      record: () => Promise.resolve({ schema: 'carbon-ledger/record/v1' }),
      receipt: () => Promise.resolve('{}'),
    });
    const outcome = await look(source);
    expect(codes(outcome)).toContain('BAD_RECORD');
    expect(codes(outcome)).toContain('PROOF_MALFORMED');
  });

  it.each([
    ['a key that began after it signed', { validFrom: '2026-02-01T08:00:01Z' }, 'KEY_NOT_VALID', 'from its validFrom'],
    ['a key that had ended', { validTo: '2026-02-01T08:00:00Z' }, 'KEY_NOT_VALID', 'before its validTo'],
    ['a suspended party', { status: 'suspended' }, 'PARTY_SUSPENDED', 'files nothing'],
  ])('names the rule that %s breaks, and raises no alarm about the log', async (_, change, code, rule) => {
    const world = ReceiptWorld.create(change);
    const receipt = world.receipt();
    const source = logOf(world.leaves, {
      checkpoint: () => Promise.resolve(world.checkpoint()),
      receipt: (id) => Promise.resolve(id === world.recordId ? canonicalize(receipt) : undefined),
    });
    const { report, seen } = await look(source, undefined, { policy: world.policy, samples: world.leaves.length });
    expect(report).toMatchObject({ result: 'rule-broken', findings: [{ code, record: world.recordId }] });
    expect(report.findings[0]?.message).toContain(rule);
    expect(seen?.checkpoints).toHaveLength(1);
  });

  it('finds a record that the log holds and the service does not show', async () => {
    const { report } = await look(logOf(leaves(1), { isComplete: true }));
    expect(report.findings).toMatchObject([
      { code: 'NOT_FOUND', field: 'record' },
      { code: 'NOT_FOUND', field: 'receipt' },
    ]);
  });

  it('cannot tell where witnesses that the policy asks for are missing', async () => {
    const witness = noteSigner('witness', 'cosignature-v1', new Uint8Array(32).fill(9));
    const strict = { ...policy, witnesses: [formatVkey(witness.key)], quorum: 1 };
    const { report } = await look(logOf(leaves(3)), undefined, { policy: strict });
    expect(report.result).toBe('cannot-tell');
  });

  it('says what it did not look at', async () => {
    const { report } = await look(logOf(leaves(100)), undefined, { samples: 4 });
    expect(report.notChecked).toContain('records that were not drawn: 96');
    expect(report.checked).toContain('that 4 of 4 records that were drawn stand in the log');
  });

  it('tells a log that cannot be read from one that is wrong', async () => {
    const refuse = (): Promise<Response> => Promise.reject(new Error('connection refused'));
    await expect(look(openServiceLog('http://127.0.0.1:1', refuse))).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});

describe('the draw', () => {
  it('is even, without doubles, and the same for the same seed', () => {
    const drawn = drawIndexes('seed', 1000n, 50);
    expect(new Set(drawn).size).toBe(50);
    expect(drawn.every((index) => index >= 0n && index < 1000n)).toBe(true);
    expect(drawIndexes('seed', 1000n, 50)).toEqual(drawn);
    expect(drawIndexes('other', 1000n, 50)).not.toEqual(drawn);
    expect(drawIndexes('seed', 3n, 50)).toEqual([0n, 1n, 2n]);
    expect(drawIndexes('seed', 0n, 50)).toEqual([]);
  });
});

describe('a folder of tiles', () => {
  it('is audited like a service, full tiles in place of partial ones', async () => {
    const all = leaves(600);
    const folder = temporaryFolder('log');
    writeFileSync(join(folder, 'checkpoint'), noteOf(all));
    const tiles = [0n, 1n, 2n].map((index) => ({ level: 0, index, width: index === 2n ? 88 : 256 }));
    for (const tile of [...tiles, { level: 1, index: 0n, width: 2 }]) {
      const file = join(folder, tilePath(tile));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, tileOf(all, tile.level, Number(tile.index), tile.width));
    }
    const { report } = await look(openFolderLog(folder), await seenAt(600 - 88), { allLeaves: true });
    expect(report).toMatchObject({ result: 'ok', size: '600', previousSize: '512' });
  });
});

describe('a folder with receipts', () => {
  it('gives them as files, packed or in text, under the id with dashes', async () => {
    const folder = temporaryFolder('audit');
    mkdirSync(join(folder, 'receipts'));
    writeFileSync(join(folder, 'receipts', 'rec-aa.receipt'), Uint8Array.of(0x78, 0xf9, 1));
    writeFileSync(join(folder, 'receipts', 'rec-bb.json'), '{}');
    const source = openFolderLog(folder);
    expect(await source.receipt('rec:aa')).toEqual(Buffer.of(0x78, 0xf9, 1));
    expect(await source.receipt('rec:bb')).toEqual(Buffer.from('{}'));
    expect(await source.receipt('rec:cc')).toBeUndefined();
  });
});

describe('the state file', () => {
  it('comes back as it was written', async () => {
    const file = join(temporaryFolder('audit'), 'state.json');
    expect(await readSeen(file)).toBeUndefined();
    const seen = await seenAt(40);
    await writeSeen(file, seen);
    expect(await readSeen(file)).toEqual(seen);
  });

  it('is refused when it is something else', async () => {
    const file = join(temporaryFolder('audit'), 'state.json');
    writeFileSync(file, '{"schema":"other"}');
    await expect(readSeen(file)).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});

describe('comparing two auditors', () => {
  const keptOf = (seen: Seen): ReturnType<typeof readKept>['kept'] =>
    readKept(JSON.stringify(seen), 'state', undefined).kept;

  it('finds one log where both saw the same', async () => {
    const [a, b] = [await seenAt(40), await seenAt(40)];
    expect(await compareKept(keptOf(a), keptOf(b), undefined)).toMatchObject({ result: 'same' });
  });

  it('finds a split view at one size, with both notes as proof', async () => {
    const [a, b] = [await seenAt(40), await seenAt(40, 20)];
    const comparison = await compareKept(keptOf(a), keptOf(b), undefined);
    expect(comparison).toMatchObject({ result: 'split', proof: [{ size: 40n }, { size: 40n }] });
  });

  it('finds a split view between sizes, whichever side the service takes', async () => {
    const [a, b] = [keptOf(await seenAt(40)), keptOf(await seenAt(300, 20))];
    for (const side of [leaves(300), leaves(300, 20)])
      expect(await compareKept(a, b, logOf(side).tile)).toMatchObject({ result: 'split' });
  });

  it('finds one log between sizes by tiles, and cannot tell without them', async () => {
    const [a, b] = [keptOf(await seenAt(40)), keptOf(await seenAt(300))];
    expect(await compareKept(a, b, logOf(leaves(300)).tile)).toMatchObject({ result: 'same' });
    expect(await compareKept(b, a, undefined)).toMatchObject({ result: 'cannot-tell' });
  });

  it('takes a single checkpoint under a policy, and no note that the log did not sign', () => {
    const all = leaves(5);
    expect(readKept(noteOf(all), 'note', policy).kept).toMatchObject([{ size: 5n }]);
    expect(() => readKept(noteOf(all), 'note', undefined)).toThrow('give --policy');
    expect(() => readKept(noteOf(all, thief), 'note', policy)).toThrow();
  });
});
