import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import request from 'supertest';
import {
  formatVkey,
  fromBase64,
  isLedgerError,
  parseNote,
  parsePolicy,
  toBase64,
  utf8Encode,
  verifyCheckpoint,
  verifyTimestamp,
} from '@carbon-ledger/core';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { parseOutsideConfig, readOutsideConfig } from './config';
import { openOutsideServices, type OutsideServices } from './outside-services';
import { formatAddCheckpoint } from './request';
import { POSTER_KEY, startAnvil, type Anvil } from './testing/anvil';
import { OpensslTsa } from './testing/openssl-tsa';
import { logSigner, TestLog, witnessSigner } from './testing/test-log';
import { listen, startWitness, stop, urlOf, type RunningWitness } from './testing/witness-server';

const names = ['w.example/1', 'w.example/2', 'w.example/3'];
const signers = names.map(witnessSigner);
let anvil: Anvil;
let contract: string;
let tsa: OpensslTsa;
let tsaServer: Server;
let witnesses: RunningWitness[];
let dataDir: string;
let log: TestLog;
let now: Date;
let scheduled: { task: () => void; ms: number }[];
let opened: OutsideServices[];

beforeAll(async () => {
  anvil = await startAnvil();
  tsa = new OpensslTsa();
  tsaServer = await listen(tsa.handler);
});

afterAll(async () => {
  await stop(tsaServer);
  tsa.close();
  await anvil.close();
});

beforeEach(async () => {
  contract = await anvil.deploy();
  witnesses = await Promise.all(signers.map(startWitness));
  dataDir = temporaryFolder('outside');
  writeFileSync(join(dataDir, 'poster.key'), `${POSTER_KEY.slice(2)}\n`);
  log = new TestLog(10);
  now = new Date('2026-11-21T08:00:00.000Z');
  scheduled = [];
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((services) => services.stop()));
  await Promise.all(witnesses.map((witness) => witness.close()));
});

function config(): Record<string, unknown> {
  return {
    witness: { name: 'own.example/w', logs: [{ origin: logSigner.key.name, keys: [formatVkey(logSigner.key)] }] },
    witnesses: {
      quorum: 2,
      list: witnesses.map(({ url }, at) => ({ key: formatVkey(signers[at]!.key), url })),
    },
    timestamps: { url: urlOf(tsaServer), roots: [toBase64(tsa.root)] },
    chain: { url: anvil.url, chainId: anvil.chainId, contract, keyFile: join(dataDir, 'poster.key') },
  };
}

async function open(value: Record<string, unknown> = config()): Promise<OutsideServices> {
  const services = await openOutsideServices({
    config: parseOutsideConfig(value),
    dataDir,
    log,
    keys: { logKey: logSigner.key, retired: [] },
    newest: () => Promise.resolve(log.published()),
    clock: () => now,
    schedule: (task, ms) => {
      scheduled.push({ task, ms });
      return () => undefined;
    },
  });
  opened.push(services);
  return services;
}

describe('openOutsideServices', () => {
  it('gives a checkpoint that is cosigned, stamped and anchored, under the policy that it states', async () => {
    const { proofs, policy } = await open();
    await proofs.start();
    const { note, timestamp, anchor } = proofs.bestFor(9)!;
    const stated = {
      schema: 'carbon-ledger/policy/v1',
      ledgerId: 'ab'.repeat(32),
      origin: logSigner.key.name,
    } as const;
    const pinned = parsePolicy({ ...stated, logKey: formatVkey(logSigner.key), ...policy });
    expect(verifyCheckpoint(note, pinned.checkpoint)).toMatchObject({ size: 10n });
    const message = utf8Encode(parseNote(note).text);
    const roots = policy.timestampRoots!.map(fromBase64);
    expect(verifyTimestamp({ token: timestamp!, message, roots }).authority).toBe('Test TSA');
    expect(anchor).toMatchObject(policy.anchor!);
    expect(proofs.problems.size).toBe(0);
    expect(proofs.bestFor(10)).toBeUndefined();
  });

  it('keeps two cadences: five minutes for witnesses and timestamps, a day for the chain', async () => {
    const { proofs } = await open();
    await proofs.start();
    expect(scheduled.map(({ ms }) => ms).sort((a, b) => a - b)).toEqual([300_000, 86_400_000]);
    log.grow(5);
    await proofs.round();
    expect(proofs.bestFor(12)).toMatchObject({ size: 15 });
    expect(proofs.bestFor(12)?.anchor).toBeUndefined();
    expect(proofs.bestFor(3)?.anchor).toBeDefined();
  });

  it('takes up after a restart what it had, and posts no earlier than due', async () => {
    const first = await open();
    await first.proofs.start();
    const before = first.proofs.bestFor(9);
    await first.stop();
    opened = [];
    scheduled = [];
    now = new Date(now.getTime() + 3_600_000);
    log.grow(2);
    const second = await open();
    expect(second.proofs.bestFor(9)).toEqual(before);
    await second.proofs.start();
    expect(scheduled.map(({ ms }) => ms).sort((a, b) => a - b)).toEqual([300_000, 86_400_000 - 3_600_000]);
    expect(second.proofs.bestFor(11)).toMatchObject({ size: 12 });
  });

  it('begins anew with a damaged file of proofs', async () => {
    const first = await open();
    await first.proofs.round();
    await first.stop();
    opened = [];
    const file = join(dataDir, 'outside', 'proofs.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    expect((await open()).proofs.bestFor(0)).toBeUndefined();
  });

  it('keeps what was finished while the time-stamping authority is away, and says so', async () => {
    const first = await open();
    await first.proofs.round();
    await first.stop();
    opened = [];
    log.grow(1);
    const { proofs } = await open({
      ...config(),
      timestamps: { url: 'http://127.0.0.1:9', roots: [toBase64(tsa.root)] },
    });
    await proofs.round();
    expect(proofs.bestFor(9)).toMatchObject({ size: 10 });
    expect(proofs.bestFor(10)).toBeUndefined();
    expect(proofs.problems.get('timestamp')?.code).toBe('OUTSIDE_UNREACHABLE');
  });

  it('refuses a log that is behind a witness, or behind the chain', async () => {
    const { proofs, assertNotBehind } = await open();
    await assertNotBehind();
    await proofs.start();
    await assertNotBehind();
    log = new TestLog(9);
    const { witnesses, chain } = config();
    await opened.pop()?.stop();
    for (const part of [{ witnesses }, { chain }]) {
      const behind = await open(part);
      await expect(behind.assertNotBehind()).rejects.toMatchObject({ code: 'ROLLED_BACK' });
      await opened.pop()?.stop();
    }
  });

  it('is a witness of other logs under its own key', async () => {
    const { router } = await open();
    const body = formatAddCheckpoint({ oldSize: 0n, proof: [], note: parseNote(log.note()) });
    const answer = await request(express().use('/witness', router!)).post('/witness/add-checkpoint').send(body);
    expect([answer.status, answer.text.startsWith('\u2014 own.example/w ')]).toEqual([200, true]);
  });

  it('goes on after a fault of its own, and tells it', async () => {
    const { proofs } = await open({});
    writeFileSync(join(dataDir, 'outside'), 'a file where the folder should be');
    await proofs.round();
    expect(proofs.problems.get('log')?.code).toBe('INTERNAL');
    rmSync(join(dataDir, 'outside'));
    await proofs.round();
    expect(proofs.problems.size).toBe(0);
  });

  it('needs nothing of all that', async () => {
    const { policy, router, proofs, assertNotBehind } = await open({});
    expect(policy).toEqual({ witnesses: [], quorum: 0 });
    expect(router).toBeUndefined();
    await assertNotBehind();
    await proofs.round();
    expect(proofs.problems.size).toBe(0);
  });
});

describe('configuration', () => {
  it('is refused with every fault at its place', () => {
    const value = {
      witnesses: { quorum: 0, list: [{ key: formatVkey(logSigner.key), url: 'file:///etc/passwd' }] },
      chain: { url: 'http://x', chainId: '01', contract: '0xAB', keyFile: 'k' },
      extra: 1,
    };
    try {
      parseOutsideConfig(value);
      throw new Error('accepted');
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      expect(error.code).toBe('BAD_REQUEST');
      expect(error.faults.map(({ path }) => path).sort()).toEqual([
        '',
        '/chain/chainId',
        '/chain/contract',
        '/witnesses/list/0/key',
        '/witnesses/list/0/url',
        '/witnesses/quorum',
      ]);
    }
  });

  it('is read from a file', async () => {
    const file = join(dataDir, 'outside.json');
    await expect(readOutsideConfig(file)).rejects.toThrow(/cannot be read/);
    writeFileSync(file, JSON.stringify(config()));
    expect((await readOutsideConfig(file)).witnesses?.quorum).toBe(2);
  });

  it('names a file that holds no key', async () => {
    writeFileSync(join(dataDir, 'poster.key'), 'none');
    await expect(open()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
