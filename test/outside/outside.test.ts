import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { canonicalize, parseNote, parseReceipt, toBase64, type Policy } from '@carbon-ledger/core';
import { temporaryFolder } from '../support/temporary-folder';
import { startTrialService } from '../support/trial-service';
import type { RunningService } from '../../cli/src/service/serving';
import { runInProcess } from '../../cli/src/testing/test-io';
import { POSTER_KEY, startAnvil, type Anvil } from '../../gateway-api/src/witness/testing/anvil';
import { OpensslTsa } from '../../gateway-api/src/witness/testing/openssl-tsa';
import { listen, stop, urlOf } from '../../gateway-api/src/witness/testing/witness-server';

/*
 * Two ledgers of different operators, each a witness of the other, with a time-stamping authority and an EVM chain: what an
 * operator does on the command line, and what a holder of a receipt can check when all of them are gone.
 */

const work = temporaryFolder('cli');
const founder = '11100000MA0TRYA01Y/-/-/party';
const away = 'http://127.0.0.1:9';
/** A third witness that never answers: the quorum does without it. */
const absent = 'example.com/absent+a33e5034+BOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs';

interface Operator {
  readonly name: string;
  readonly dataDir: string;
  readonly url: string;
  readonly policy: Policy;
  readonly witnessKey: string;
}

let anvil: Anvil;
let tsa: OpensslTsa;
let authority: Server;
let running: RunningService[] = [];
const file = (name: string): string => join(work, name);

async function cli(...argv: readonly string[]): Promise<{ code: number; answer: Record<string, unknown> }> {
  const { code, stdout, stderr } = await runInProcess([...argv, '--json'], { homeDir: work, now: () => new Date() });
  return { code, answer: JSON.parse(stdout || stderr) as Record<string, unknown> };
}

async function serve(dataDir: string, port: number, outsideFile?: string): Promise<RunningService> {
  const service = await startTrialService(dataDir, { port, outsideFile });
  running.push(service);
  return service;
}

/** Founds a ledger and asks for what the other operator has to know of it. */
async function found(name: string): Promise<Operator> {
  const dataDir = file(name);
  const service = await serve(dataDir, 0);
  const { url, policy } = service;
  running = running.filter((one) => one !== service);
  await service.close();
  const { answer } = await cli('outside', 'witness-key', '--data', dataDir, '--name', `example.com/${name}`);
  return { name, dataDir, url, policy, witnessKey: String(answer['key']) };
}

async function serveWith(own: Operator, other: Operator, contract: unknown): Promise<void> {
  const outside = {
    witness: { name: `example.com/${own.name}`, logs: [{ origin: other.policy.origin, keys: [other.policy.logKey] }] },
    witnesses: {
      quorum: 1,
      list: [
        { key: other.witnessKey, url: `${other.url}/witness` },
        { key: absent, url: away },
      ],
    },
    timestamps: { url: urlOf(authority), roots: [toBase64(tsa.root)] },
    chain: { url: anvil.url, chainId: anvil.chainId, contract, keyFile: file('poster.key'), intervalMs: 1000 },
    intervalMs: 1000,
  };
  writeFileSync(file(`${own.name}.json`), JSON.stringify(outside));
  await serve(own.dataDir, Number(new URL(own.url).port), file(`${own.name}.json`));
}

/** Asks again until everything outside has come into the receipt; each question takes its own time. */
async function finishedReceipt(url: string): Promise<void> {
  for (;;) {
    await cli('receipt', founder, '-o', file('founder.receipt'), '--url', url);
    const { checkpoint, timestamp, anchor } = parseReceipt(readFileSync(file('founder.receipt')));
    const cosigned = parseNote(checkpoint).signatures.length > 1;
    if (cosigned && timestamp !== undefined && anchor !== undefined) return;
  }
}

beforeAll(async () => {
  mkdirSync(work, { recursive: true });
  tsa = new OpensslTsa();
  writeFileSync(file('root.der'), tsa.root);
  writeFileSync(file('poster.key'), POSTER_KEY.slice(2));
  authority = await listen(tsa.handler);
  anvil = await startAnvil();
});

afterAll(async () => {
  await Promise.all(running.map((service) => service.close()));
  tsa.close();
});

test('a receipt gathers witnesses, timestamp and anchor, and holds offline when all of them are gone', async () => {
  const [province, registry] = [await found('province'), await found('registry')];
  const node = ['--node', anvil.url, '--chain-id', anvil.chainId];
  const deployed = await cli('outside', 'deploy', ...node, '--key-file', file('poster.key'));
  expect(deployed.answer).toMatchObject({ chainId: anvil.chainId });
  const contract = String(deployed.answer['contract']);
  await serveWith(province, registry, contract);
  await serveWith(registry, province, contract);
  await finishedReceipt(province.url);

  await cli('log', '--policy', '-o', file('policy.json'), '--url', province.url);
  const chain = [...node, '--contract', contract, '--block', 'latest'];
  const evidence = await cli('outside', 'evidence', file('founder.receipt'), ...chain, '-o', file('evidence.json'));
  const root = ['--root', file('root.der')];
  const asked = ['--authority', urlOf(authority), '-o', file('own.tst')];
  expect((await cli('outside', 'timestamp', file('founder.receipt'), ...root, ...asked)).code).toBe(0);
  const online = ['verify-receipt', file('founder.receipt'), '--policy', file('policy.json'), '--chain', anvil.url];
  expect(await cli(...online)).toMatchObject({ code: 0, answer: { result: 'PASS' } });

  await Promise.all(running.map((service) => service.close()));
  running = [];
  await stop(authority);
  await anvil.close();

  const offline = ['verify-receipt', file('founder.receipt'), '--policy', file('policy.json')];
  expect(await cli(...offline)).toMatchObject({ code: 3, answer: { result: 'PENDING', missing: ['anchor'] } });
  const proof = ['--evidence', file('evidence.json'), '--block', String(evidence.answer['block'])];
  const { code, answer } = await cli(...offline, ...proof);
  expect([code, answer['result']]).toEqual([0, 'PASS']);
  const steps = answer['steps'] as readonly { name: string; outcome: string }[];
  for (const name of ['witnesses', 'timestamp', 'anchor']) expect(steps).toContainEqual({ name, outcome: 'ok' });
  const proved = (answer['proves'] as readonly { id: string }[]).map(({ id }) => id);
  expect(proved).toEqual(['signed', 'anchored', 'witnessed', 'time', 'posted']);
  const token = ['--token', file('own.tst')];
  expect((await cli('outside', 'timestamp', file('founder.receipt'), ...root, ...token)).code).toBe(0);

  const policy = JSON.parse(readFileSync(file('policy.json'), 'utf8')) as Policy;
  expect(policy).toMatchObject({ witnesses: [registry.witnessKey, absent], quorum: 1 });
  writeFileSync(file('stricter.json'), canonicalize({ ...policy, quorum: 2 }));
  const stricter = ['verify-receipt', file('founder.receipt'), '--policy', file('stricter.json'), ...proof];
  expect(await cli(...stricter)).toMatchObject({ code: 3, answer: { missing: ['witnesses'] } });
  const unknown = ['--evidence', file('evidence.json'), '--block', `0x${'00'.repeat(32)}`];
  expect(await cli(...offline, ...unknown)).toMatchObject({ code: 1, answer: { error: { code: 'ANCHOR_INVALID' } } });
});
