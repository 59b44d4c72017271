// The chapters of the day, in their order; each leaves the ledger as the next one expects it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, expectEqual, expectTrue } from '../ci/checks.mjs';
import { root } from '../lib/prepare.mjs';
import { at, carbonLedger, must, startService, stopService, until } from './place.mjs';
import { ask, breakPair, renew } from './tls.mjs';

const sample = path.join(root, 'scripts', 'sample', 'sample-plant.json');
/** A backup of a ledger of the version before. */
const earlier = path.join(root, 'test', 'fixtures', 'earlier-version');
const data = at('data');

const ready = async (service) => (await ask(`${service.url}/readyz`)).status === 200;
const saveNote = (service, name) => must('log', '--url', service.url, '-o', at('away', name));
const savePolicy = (service) => must('log', '--policy', '--url', service.url, '-o', at('away', 'policy.json'));
const facts = (service) => must('status', '--json', '--url', service.url);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Settings, certificate, a check of both, a service that stands. */
export async function install(authority) {
  writeFileSync(
    at('settings.yaml'),
    'trial: true\ndata: data\nport: 0\ntls-certificate: tls/server.pem\ntls-key: tls/server.key\nlog-level: warn\n',
  );
  await check('settings without their certificate are refused, each file by its name', async () => {
    const { code, stderr } = await carbonLedger('serve', '--check-config', '--config', at('settings.yaml'));
    expectEqual(code, 2, 'exit code');
    expectTrue(stderr.includes('server.pem') && stderr.includes('server.key'), stderr);
  });
  const fingerprint = await renew(authority);
  await check('settings with it are in order', () => must('serve', '--check-config', '--config', at('settings.yaml')));
  const service = await startService();
  await check('it answers by https, with that certificate, and is ready', async () => {
    expectTrue(service.url.startsWith('https://'), service.url);
    await until('ready', service, () => ready(service));
    expectEqual((await ask(`${service.url}/livez`)).fingerprint, fingerprint, 'certificate');
  });
  await savePolicy(service);
  return service;
}

/** A ledger of the version before is brought here, goes on as the same log, and is in order. */
export async function upgrade() {
  const before = readJson(path.join(earlier, 'manifest.json'));
  await check('a ledger of the version before is taken over', () =>
    must('restore', earlier, '--data', at('earlier'), '--nothing-later'),
  );
  const service = await startService('--data', at('earlier'));
  await check('it is the same ledger, with all its records', async () => {
    const { ledger, logSize } = await facts(service);
    expectEqual([ledger, logSize], [before.ledger, before.log.size], 'ledger and size of the log');
  });
  await check('it takes new records', async () => {
    await must('import', 'plant-year', sample, '--trial-keys', '--url', service.url);
    expectTrue((await facts(service)).logSize > before.log.size, 'the log did not grow');
  });
  await saveNote(service, 'upgraded.note');
  expectEqual(await stopService(service), 0, 'exit code of the service');
  await check('it is in order, and leads from what was signed before to what is signed now', async () => {
    const report = await must('fsck', '--data', at('earlier'), '--checkpoint', at('away', 'upgraded.note'), '--json');
    expectEqual(report.result, 'ok', 'result');
  });
}

/** Backups while records come in: whole, each with all that was acknowledged before it. */
export async function backUp(service) {
  await check('a backup is taken of the new ledger', () => must('backup', '--data', data, '-o', at('backups', '0')));
  let isOver = false;
  const importing = carbonLedger('import', 'plant-year', sample, '--trial-keys', '--url', service.url);
  void importing.then(() => (isOver = true));
  await until('a first record', service, async () => isOver || (await facts(service)).logSize > 1);
  await saveNote(service, 'before-backup.note');
  await check('a backup is taken while records come in', () =>
    must('backup', '--data', data, '-o', at('backups', '1')),
  );
  await check('records came in meanwhile, and none was refused', async () => {
    const { code, stderr } = await importing;
    expectEqual([code, stderr.includes('error')], [0, false], stderr);
  });
  await saveNote(service, 'later.note');
  await check('it can be restored, and holds all that was signed before it', async () => {
    const drilled = await must(
      'restore',
      at('backups', '1'),
      '--drill',
      '--json',
      '--checkpoint',
      at('away', 'before-backup.note'),
    );
    expectEqual(drilled.confirmed.length, 1, 'checkpoints that it leads to');
  });
  await check('the next one takes from it what did not change', async () => {
    const made = await must(
      'backup',
      '--data',
      data,
      '-o',
      at('backups', '2'),
      '--since',
      at('backups', '1'),
      '--json',
    );
    expectTrue(made.manifest.log.size === (await facts(service)).logSize, 'it lacks records');
  });
  await check('a backup of which a byte changed is refused by name', async () => {
    const bad = at('backups', 'bad');
    cpSync(at('backups', '2'), bad, { recursive: true });
    const [{ sha256 }] = readJson(path.join(bad, 'manifest.json')).store.chunks;
    const bytes = readFileSync(path.join(bad, 'store', sha256));
    bytes[100] ^= 1;
    rmSync(path.join(bad, 'store', sha256));
    writeFileSync(path.join(bad, 'store', sha256), bytes);
    const { code, stderr } = await carbonLedger('restore', bad, '--drill');
    expectEqual([code, stderr.includes(sha256)], [1, true], stderr);
  });
}

/** Certificates are replaced under a service that goes on; a broken pair changes nothing. */
export async function rotate(service, authority) {
  const served = async () => (await ask(`${service.url}/livez`)).fingerprint;
  const hup = () => service.child.kill('SIGHUP');
  const fingerprint = await renew(authority);
  hup();
  await check('a renewed certificate is shown from the next connection on', () =>
    until('the new certificate', service, async () => (await served()) === fingerprint),
  );
  await check('half a pair is told, and changes nothing', async () => {
    breakPair();
    hup();
    await until('a word of it', service, () => service.stderr.includes('Kept the TLS certificate'));
    expectEqual(await served(), fingerprint, 'certificate');
  });
  const next = await renew(authority);
  hup();
  await check('the next whole pair is taken', () =>
    until('the new certificate', service, async () => (await served()) === next),
  );
  await check('metrics tell when it ends', async () => {
    const { text } = await ask(`${service.url}/metrics`);
    expectTrue(/expires_timestamp_seconds\{certificate="tls"\} \d{10}/.test(text), 'there is no such metric');
  });
  await check('the level of the log is changed while it runs', async () => {
    service.child.kill('SIGUSR2');
    await until('debug', service, () => service.stderr.includes('Log level debug.'));
  });
}

/** The log gets another key: the old one says so last, whoever pinned it follows, and it signs nothing more. */
export async function handOver(service) {
  const [policy, seen, handover] = ['policy.json', 'seen.json', 'handover.note'].map((name) => at('away', name));
  const receipt = at('away', 'before.receipt');
  const founder = `${(await facts(service)).founder}/-/-/party`;
  await must('receipt', founder, '-o', receipt, '--url', service.url);
  await check('an auditor sees the log under its first key', () =>
    must('audit', service.url, '--policy', policy, '--state', seen),
  );
  expectEqual(await stopService(service), 0, 'exit code of the service');
  await check('a service that is stopped is given another log key', () =>
    must('keys', 'rotate', 'log', '--data', data, '-o', handover),
  );
  cpSync(policy, at('away', 'policy-before.json'));
  await check('who pinned the policy takes the new key on the word of the old one', () =>
    must('log', '--handover', handover, '--from', at('away', 'policy-before.json'), '-o', policy),
  );
  const again = await startService();
  await check('and pins what the service states', async () => {
    await must('log', '--policy', '--url', again.url, '-o', at('away', 'stated.json'));
    const members = (file) => Object.entries(readJson(file)).sort(([a], [b]) => (a < b ? -1 : 1));
    expectEqual(members(at('away', 'stated.json')), members(policy), 'policy');
  });
  await check('the auditor goes on from what they saw', () =>
    must('audit', again.url, '--state', seen, '--handover', handover),
  );
  await check('a receipt of before holds under the new policy, and one of now under no old one', async () => {
    await must('verify-receipt', receipt, '--policy', policy);
    await must('receipt', founder, '-o', at('away', 'after.receipt'), '--url', again.url);
    await must('verify-receipt', at('away', 'after.receipt'), '--policy', policy);
    const before = ['--policy', at('away', 'policy-before.json')];
    const { code, stdout } = await carbonLedger('verify-receipt', at('away', 'after.receipt'), ...before);
    expectEqual([code, stdout.includes('CHECKPOINT_UNSIGNED')], [1, true], stdout);
  });
  await check('the next backup has the new key', () =>
    must('backup', '--data', data, '-o', at('backups', '3'), '--since', at('backups', '2')),
  );
  return again;
}

/** The disk is lost without a warning; the ledger comes back where its last signature stands, or not at all. */
export async function loseDisk(service) {
  await saveNote(service, 'last.note');
  const before = await facts(service);
  await stopService(service, 'SIGKILL');
  rmSync(data, { recursive: true });
  const known = ['--checkpoint', at('away', 'last.note'), '--policy', at('away', 'policy.json')];
  await check('a backup that lacks what was signed since is refused, and nothing is left of it', async () => {
    const { code, stderr } = await carbonLedger('restore', at('backups', '0'), '--data', data, ...known);
    expectEqual([code, stderr.includes('ROLLED_BACK'), existsSync(data)], [3, true, false], stderr);
  });
  await check('so is one whose log key gave its place since', async () => {
    const { code, stderr } = await carbonLedger('restore', at('backups', '2'), '--data', data, ...known);
    expectEqual([code, stderr.includes('gave its place'), existsSync(data)], [3, true, false], stderr);
  });
  await check('the last one is restored', () => must('restore', at('backups', '3'), '--data', data, ...known));
  const again = await startService();
  await check('it goes on as it stood', async () => {
    const { ledger, logSize } = await facts(again);
    expectEqual([ledger, logSize], [before.ledger, before.logSize], 'ledger and size of the log');
  });
  return again;
}

/** The day ends with what an auditor and the operator check. */
export async function verify(service) {
  await check('an auditor finds the log in order, every leaf of it', () =>
    must('audit', service.url, '--policy', at('away', 'policy.json'), '--state', at('away', 'seen.json'), '--all'),
  );
  await check('it stops when it is told to', async () => expectEqual(await stopService(service), 0, 'exit code'));
  await check('the folder is in order, and leads to all that was signed on this day', async () => {
    const notes = ['before-backup', 'later', 'last'].flatMap((name) => ['--checkpoint', at('away', `${name}.note`)]);
    const report = await must('fsck', '--data', data, '--json', ...notes);
    expectEqual(report.result, 'ok', 'result');
  });
}

/** Makes the fixture anew: to be run when a version is released, and before that whenever a format changes. */
export async function record(authority) {
  writeFileSync(at('settings.yaml'), 'trial: true\ndata: data\nport: 0\n');
  await renew(authority);
  const service = await startService();
  expectEqual(await stopService(service), 0, 'exit code');
  rmSync(earlier, { recursive: true, force: true });
  mkdirSync(path.dirname(earlier), { recursive: true });
  await must('backup', '--data', data, '-o', earlier);
}
