import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Interface } from 'ethers';
import {
  ANCHORS_SLOT,
  canonicalize,
  isLedgerError,
  originHash,
  parseCheckpoint,
  parseNote,
  toHex,
  verifyEvmEvidence,
  type Checkpoint,
} from '@carbon-ledger/core';
import { assertNotBehindChain, EvmClient, type EvmClientOptions } from './evm-client';
import { CHECKPOINT_WITNESS_ABI, readContractArtefact } from './evm-contract';
import { makeEvmEvidence, type MadeEvidence } from './evm-evidence';
import { EvmPoster } from './evm-poster';
import { POSTER_KEY, startAnvil, STRANGER_KEY, type Anvil } from './testing/anvil';
import { logSigner, TestLog } from './testing/test-log';

const origin = logSigner.key.name;
const log = new TestLog(40);
let anvil: Anvil;
let contract: string;
let clients: EvmClient[] = [];

beforeAll(async () => {
  anvil = await startAnvil();
});

afterAll(() => anvil.close());

beforeEach(async () => {
  contract = await anvil.deploy();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
});

function client(options: Partial<EvmClientOptions> = {}): EvmClient {
  const { url, chainId } = anvil;
  const made = new EvmClient({ url, chainId, contract, privateKey: POSTER_KEY, pollingMs: 20, ...options });
  clients.push(made);
  return made;
}

function checkpoint(size: number, of = log): Checkpoint {
  return parseCheckpoint(parseNote(of.note(size)).text);
}

async function codeFrom(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}

describe('the compiled contract', () => {
  it('is what its source compiles to', () => {
    const script = join(__dirname, '..', '..', 'contracts', 'compile.mjs');
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('has the interface that the client calls, and keeps anchors where proofs look for them', () => {
    const { abi, slots } = readContractArtefact();
    const compiled = new Interface(abi).format().sort();
    expect(compiled).toEqual(new Interface(CHECKPOINT_WITNESS_ABI).format().sort());
    expect(slots['anchors']).toBe(ANCHORS_SLOT.toString());
  });
});

describe('EvmClient', () => {
  it('posts checkpoints and reads them back, the last and every one before', async () => {
    const posting = client();
    expect(await posting.latest(origin)).toBeUndefined();
    const first = await posting.post(checkpoint(7));
    const second = await posting.post(checkpoint(40));
    const reading = client({ privateKey: undefined });
    expect(await reading.latest(origin)).toMatchObject({ size: 40n, root: toHex(log.root(40)) });
    expect(await reading.posted(origin, 7n)).toMatchObject({ size: 7n, root: toHex(log.root(7)) });
    expect(await reading.posted(origin, 8n)).toBeUndefined();
    expect(await reading.anchorOf(origin, 7n)).toEqual(first);
    expect(await reading.anchorOf(origin, 40n)).toEqual(second);
    expect(await reading.anchorOf(origin, 8n)).toBeUndefined();
  });

  it('does not post again what is there', async () => {
    const anchor = await client().post(checkpoint(7));
    expect(await client().post(checkpoint(7))).toEqual(anchor);
  });

  it('is refused for a smaller checkpoint, by another account, and for another root of a posted size', async () => {
    const posting = client();
    await posting.post(checkpoint(12));
    expect(await codeFrom(posting.post(checkpoint(7)))).toBe('OUTSIDE_REFUSED');
    expect(await codeFrom(client({ privateKey: STRANGER_KEY }).post(checkpoint(20)))).toBe('OUTSIDE_REFUSED');
    expect(await codeFrom(posting.post(checkpoint(12, new TestLog(12, 'fork'))))).toBe('ROLLED_BACK');
    expect(await posting.latest(origin)).toMatchObject({ size: 12n });
  });

  it('keeps logs apart', async () => {
    const posting = client();
    await posting.post(checkpoint(12));
    await posting.post({ ...checkpoint(7), origin: 'another' });
    expect(await posting.latest('another')).toMatchObject({ size: 7n });
    expect(await posting.latest(origin)).toMatchObject({ size: 12n });
  });

  it('refuses a node of another chain, and tells a node that is down from one that refuses', async () => {
    expect(await codeFrom(client({ chainId: '1' }).latest(origin))).toBe('OUTSIDE_REFUSED');
    const down = client({ url: 'http://127.0.0.1:9' });
    expect(await codeFrom(down.latest(origin))).toBe('OUTSIDE_UNREACHABLE');
    expect(await codeFrom(client({ contract: `0x${'11'.repeat(20)}` }).latest(origin))).toBe('OUTSIDE_REFUSED');
  });
});

describe('assertNotBehindChain', () => {
  it('refuses a log that is shorter than what is anchored, or another one', async () => {
    const reading = client();
    await assertNotBehindChain(reading, origin, new TestLog(1));
    await reading.post(checkpoint(12));
    await assertNotBehindChain(reading, origin, log);
    expect(await codeFrom(assertNotBehindChain(reading, origin, new TestLog(11)))).toBe('ROLLED_BACK');
    expect(await codeFrom(assertNotBehindChain(reading, origin, new TestLog(40, 'fork')))).toBe('ROLLED_BACK');
    const down = client({ url: 'http://127.0.0.1:9' });
    await assertNotBehindChain(down, origin, new TestLog(1));
  });
});

describe('EvmPoster', () => {
  it('posts the newest checkpoint now and once a day, and nothing twice', async () => {
    const scheduled: number[] = [];
    const growing = new TestLog(3);
    const schedule = (_: () => void, ms: number): (() => void) => {
      scheduled.push(ms);
      return () => undefined;
    };
    const poster = new EvmPoster({ client: client(), newest: () => Promise.resolve(growing.published()), schedule });
    await poster.start();
    const first = poster.last;
    await poster.round();
    expect(poster.last).toBe(first);
    growing.grow(4);
    await poster.round();
    expect(poster.last).toMatchObject({ size: 7, anchor: { contract } });
    expect(scheduled).toEqual([86_400_000]);
    expect(poster.problem).toBeUndefined();
  });

  it('keeps the last anchor and says why, when the chain refuses', async () => {
    let size = 12;
    const newest = (): Promise<ReturnType<TestLog['published']>> => Promise.resolve(log.published(size));
    const poster = new EvmPoster({ client: client(), newest, schedule: () => () => undefined });
    await poster.round();
    size = 7;
    await poster.round();
    expect(poster.problem?.code).toBe('OUTSIDE_REFUSED');
    expect(poster.last?.size).toBe(12);
  });
});

describe('evidence', () => {
  let made: MadeEvidence;

  beforeEach(async () => {
    const posting = client();
    // More than one log and size, so that the tries have branches.
    for (const size of [3, 7, 12, 20, 33]) await posting.post(checkpoint(size));
    for (const name of ['a', 'b', 'c']) await posting.post({ ...checkpoint(9), origin: name });
    made = await makeEvmEvidence(posting, { origin, size: 12n }, 'latest');
  });

  it('proves root and time of a checkpoint from the hash of a block alone', async () => {
    const { evidence, block } = made;
    const posted = await client().posted(origin, 12n);
    expect(verifyEvmEvidence({ evidence: canonicalize(evidence), blocks: [block] })).toMatchObject({
      origin,
      contract,
      chainId: '31337',
      size: 12n,
      rootHash: log.root(12),
      time: posted?.time,
    });
  });

  it('fails with every other block, contract, log or size, and with anything missing', () => {
    const { evidence, block } = made;
    const nodes = evidence['root'] as string[];
    const changes: Readonly<Record<string, unknown>>[] = [
      { contract: `0x${'11'.repeat(20)}` },
      { origin: 'a' },
      { size: '13' },
      { root: nodes.slice(1) },
      { root: nodes.slice(0, -1) },
      { root: [...nodes, ...nodes] },
      { root: evidence['time'] },
      { account: [] },
    ];
    for (const change of changes) expect(codeOf({ ...evidence, ...change }, block)).toBe('ANCHOR_INVALID');
    expect(codeOf(evidence, `0x${'00'.repeat(32)}`)).toBe('ANCHOR_INVALID');
    expect(codeOf({ ...evidence, extra: 1 }, block)).toBe('PROOF_MALFORMED');
    expect(codeOf({ ...evidence, schema: 'carbon-ledger/evm-evidence/v2' }, block)).toBe('UNSUPPORTED_VERSION');
  });

  it('fails with any byte of header or nodes altered', () => {
    const { evidence, block } = made;
    for (const field of ['header', 'account', 'root', 'time']) {
      const whole = [evidence[field]].flat() as string[];
      for (const [at, hex] of whole.entries()) {
        for (let place = 2; place < hex.length; place += 61) {
          const digit = hex[place] === '0' ? '1' : '0';
          const altered = whole.with(at, hex.slice(0, place) + digit + hex.slice(place + 1));
          const value = field === 'header' ? altered[0] : altered;
          expect(codeOf({ ...evidence, [field]: value }, block)).toBe('ANCHOR_INVALID');
        }
      }
    }
  });

  it('cannot be made of a checkpoint that was not posted', async () => {
    const none = await makeEvmEvidence(client(), { origin, size: 13n }, 'latest');
    expect(codeOf(none.evidence, none.block)).toBe('ANCHOR_INVALID');
  });
});

function codeOf(evidence: unknown, block: string): string {
  try {
    verifyEvmEvidence({ evidence, blocks: [block] });
    return 'none';
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}

describe('originHash', () => {
  it('is the SHA-256 of the origin line, as witnesses use it', () => {
    expect(toHex(originHash('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
