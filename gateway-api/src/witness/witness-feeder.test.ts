import type { Server } from 'node:http';
import { formatSignatureLine, LedgerError, noteSigner, verifyCheckpoint } from '@carbon-ledger/core';
import { logSigner, TestLog, witnessSigner } from './testing/test-log';
import { listen, startWitness, stop, urlOf, type RunningWitness } from './testing/witness-server';
import { assertNotBehindWitnesses, WitnessClient, type LogKeys } from './witness-client';
import { WitnessFeeder, type WitnessFeederOptions } from './witness-feeder';

const signers = ['w.example/1', 'w.example/2', 'w.example/3'].map(witnessSigner);
const policy = {
  origin: logSigner.key.name,
  logKey: logSigner.key,
  witnesses: signers.map(({ key }) => key),
  quorum: 2,
};
const known: LogKeys = { logKey: logSigner.key, retired: [] };
let running: RunningWitness[] = [];
let clients: WitnessClient[] = [];
let log: TestLog;
let scheduled: { task: () => void; ms: number }[];

beforeEach(async () => {
  running = await Promise.all(signers.map(startWitness));
  clients = running.map(({ url }, at) => new WitnessClient({ url, key: signers[at]!.key }));
  log = new TestLog(10);
  scheduled = [];
});

afterEach(() => Promise.all(running.map((witness) => witness.close())));

function feeder(options: Partial<WitnessFeederOptions> = {}): WitnessFeeder {
  const schedule = (task: () => void, ms: number): (() => void) => {
    scheduled.push({ task, ms });
    return () => undefined;
  };
  return new WitnessFeeder({
    witnesses: clients,
    quorum: 2,
    log,
    newest: () => Promise.resolve(log.published()),
    schedule,
    ...options,
  });
}

async function withServer(server: Server, use: (url: string) => Promise<void>): Promise<void> {
  try {
    await use(urlOf(server));
  } finally {
    await stop(server);
  }
}

describe('WitnessFeeder', () => {
  it('gives a note that the policy of m of n accepts, and goes on with the log', async () => {
    const feeding = feeder();
    await feeding.start();
    expect(verifyCheckpoint(feeding.final!.note, policy)).toMatchObject({ size: 10n });
    expect([...feeding.final!.witnesses].sort()).toEqual(signers.map(({ key }) => key.name));
    log.grow(25);
    await feeding.round();
    expect(verifyCheckpoint(feeding.final!.note, policy).size).toBe(35n);
    await feeding.round();
    expect(feeding.problems.size).toBe(0);
  });

  it('keeps its cadence of five minutes unless told otherwise', async () => {
    await feeder().start();
    await feeder({ intervalMs: 1000 }).start();
    expect(scheduled.map(({ ms }) => ms)).toEqual([300_000, 1000]);
  });

  it('reaches the quorum with one witness down, and names it', async () => {
    await running[1]!.close();
    running = running.filter((_, at) => at !== 1);
    const feeding = feeder();
    await feeding.round();
    expect(verifyCheckpoint(feeding.final!.note, policy).witnesses).toHaveLength(2);
    expect(feeding.problems.get('w.example/2')).toMatchObject({ code: 'OUTSIDE_UNREACHABLE' });
  });

  it('gives nothing below the quorum', async () => {
    const feeding = feeder({ witnesses: [clients[0]!, deaf(1), deaf(2)] });
    await feeding.round();
    expect(feeding.final).toBeUndefined();
  });

  it('resumes after a restart with the size that a witness names', async () => {
    await feeder().round();
    log.grow(3);
    const fresh = running.map(({ url }, at) => new WitnessClient({ url: `${url}/`, key: signers[at]!.key }));
    const feeding = feeder({ witnesses: fresh });
    await feeding.round();
    expect(feeding.final?.size).toBe(13);
    expect(feeding.problems.size).toBe(0);
  });

  it('tells those who wait for a size, and turns them away when it stops', async () => {
    const feeding = feeder();
    const first = feeding.covering(10);
    const later = feeding.covering(11);
    await feeding.round();
    expect((await first).size).toBe(10);
    feeding.stop();
    await expect(later).rejects.toMatchObject({ code: 'NOT_READY' });
    await expect(feeding.covering(11)).rejects.toMatchObject({ code: 'NOT_READY' });
    expect((await feeding.covering(10)).size).toBe(10);
  });

  it('refuses a quorum that cannot be reached, or by one key twice', () => {
    const refused: Partial<WitnessFeederOptions>[] = [
      { quorum: 4 },
      { quorum: 0 },
      { witnesses: [clients[0]!, clients[0]!] },
    ];
    for (const options of refused) expect(() => feeder(options)).toThrow(/quorum/);
  });

  it('takes nothing anywhere while the log refuses to sign', async () => {
    const refusal = new LedgerError('ROLLED_BACK');
    const feeding = feeder({ newest: () => Promise.reject(refusal) });
    await feeding.round();
    expect(feeding.final).toBeUndefined();
    expect(feeding.problems.get('this log')).toBe(refusal);
    expect(await clients[0]!.held(known)).toBeUndefined();
  });
});

describe('WitnessClient', () => {
  it('refuses a cosignature of another key, a forged one, and one over another checkpoint', async () => {
    const second = new WitnessClient({ url: running[1]!.url, key: signers[1]!.key });
    const other = await second.cosignature(log.note(), log);
    const { name, keyId } = signers[0]!.key;
    const answers = [
      [formatSignatureLine(other), 'OUTSIDE_REFUSED'],
      [formatSignatureLine({ ...other, name, keyId }), 'CHECKPOINT_SIGNATURE_INVALID'],
      ['', 'OUTSIDE_REFUSED'],
      ['nonsense\n', 'CHECKPOINT_MALFORMED'],
    ];
    for (const [body, code] of answers) {
      await withServer(await listen((_, response) => response.end(body)), async (url) => {
        const client = new WitnessClient({ url, key: signers[0]!.key });
        await expect(client.cosignature(log.note(), log)).rejects.toMatchObject({ code });
      });
    }
    const stale = formatSignatureLine(await clients[0]!.cosignature(log.note(5), log));
    await withServer(await listen((_, response) => response.end(stale)), async (url) => {
      const client = new WitnessClient({ url, key: signers[0]!.key });
      await expect(client.cosignature(log.note(), log)).rejects.toMatchObject({ code: 'CHECKPOINT_SIGNATURE_INVALID' });
    });
  });

  it('follows no redirect and reads no endless answer', async () => {
    const redirecting = await listen((_, response) => response.writeHead(302, { Location: running[0]!.url }).end());
    await withServer(redirecting, async (url) => {
      const client = new WitnessClient({ url, key: signers[0]!.key });
      await expect(client.cosignature(log.note(), log)).rejects.toMatchObject({ code: 'OUTSIDE_UNREACHABLE' });
    });
    await withServer(await listen((_, response) => response.end('x'.repeat(70_000))), async (url) => {
      const client = new WitnessClient({ url, key: signers[0]!.key });
      await expect(client.cosignature(log.note(), log)).rejects.toMatchObject({ code: 'OUTSIDE_REFUSED' });
    });
  });

  it('gives up a witness that is silent', async () => {
    await withServer(await listen(() => undefined), async (url) => {
      const client = new WitnessClient({ url, key: signers[0]!.key }, 20);
      await expect(client.cosignature(log.note(), log)).rejects.toMatchObject({ code: 'OUTSIDE_UNREACHABLE' });
    });
  });

  it('calls a log that is shorter than what the witness holds rolled back', async () => {
    await clients[0]!.cosignature(log.note(), log);
    const older = new TestLog(6);
    const fresh = new WitnessClient({ url: running[0]!.url, key: signers[0]!.key });
    await expect(fresh.cosignature(older.note(), older)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
  });
});

describe('assertNotBehindWitnesses', () => {
  beforeEach(() => clients[0]!.cosignature(log.note(), log));

  it('accepts the log and everything that extends it', async () => {
    await assertNotBehindWitnesses(clients, known, log);
    log.grow(5);
    await assertNotBehindWitnesses(clients, known, log);
  });

  it('refuses a log that is shorter, or begins otherwise, than any witness saw', async () => {
    const refusal = { code: 'ROLLED_BACK' };
    await expect(assertNotBehindWitnesses(clients, known, new TestLog(9))).rejects.toMatchObject(refusal);
    const fork = new TestLog(20, 'fork');
    await expect(assertNotBehindWitnesses(clients, known, fork)).rejects.toMatchObject(refusal);
  });

  it('believes one of before the log got another key, and nothing that the old key signs later', async () => {
    const next = noteSigner(logSigner.key.name, 'ed25519', new Uint8Array(32).fill(77)).key;
    const since = (size: bigint): LogKeys => ({ logKey: next, retired: [{ key: logSigner.key, size }] });
    const shorter = new TestLog(9);
    const asked = assertNotBehindWitnesses(clients, since(10n), shorter);
    await expect(asked).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    await assertNotBehindWitnesses(clients, since(9n), shorter);
  });

  it('passes over a witness that is down, or that serves what the log never signed', async () => {
    const lie = new TestLog(99).note(99, { ...logSigner, sign: () => new Uint8Array(64) });
    await withServer(await listen((_, response) => response.end(lie)), async (url) => {
      const liar = new WitnessClient({ url, key: signers[1]!.key });
      await assertNotBehindWitnesses([clients[0]!, liar, deaf(2)], known, log);
    });
  });
});

function deaf(at: number): WitnessClient {
  return new WitnessClient({ url: 'http://127.0.0.1:9', key: signers[at]!.key });
}
