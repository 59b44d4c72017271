import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { pollUntil } from './poll';
import { ProcessTable, type ProcessSpec } from './processes';

const folder = temporaryFolder('processes');
const table = new ProcessTable(join(folder, 'run'), join(folder, 'logs'));
const stays = "console.log('ready'); setInterval(() => undefined, 1000)";
/** Says that it heard SIGTERM, so that a test can tell it from SIGKILL. */
const tells = `process.on('SIGTERM', () => { console.log('told'); process.exit(0) }); ${stays}`;

function spec(id: string, script: string): ProcessSpec {
  return { id, program: process.execPath, args: ['-e', script], env: { NAME: id }, cwd: join(folder, id) };
}

async function awaitReady(id: string): Promise<void> {
  await pollUntil(() => Promise.resolve(readFileSync(table.logFile(id), 'utf8').includes('ready') || undefined), {
    timeoutMs: 10_000,
    intervalMs: 10,
    what: id,
    remedy: '',
  });
}

afterAll(async () => {
  await table.stop(table.ids());
});

describe('ProcessTable', () => {
  it('starts a process once, however often it is told to', async () => {
    table.start(spec('once', stays));
    const pid = table.pid('once');
    table.start(spec('once', stays));
    expect(pid).toBeGreaterThan(0);
    expect(table.pid('once')).toBe(pid);
    await awaitReady('once');
    expect(table.memory('once')).toBeGreaterThan(1024 ** 2);
  });

  it('asks a process to end and waits until it has', async () => {
    table.start(spec('polite', tells));
    await awaitReady('polite');
    await table.stop(['polite']);
    expect(table.pid('polite')).toBeUndefined();
    expect(readFileSync(table.logFile('polite'), 'utf8')).toContain('told');
  });

  it('kills without asking', async () => {
    table.start(spec('killed', tells));
    await awaitReady('killed');
    await table.kill('killed');
    expect(table.pid('killed')).toBeUndefined();
    expect(readFileSync(table.logFile('killed'), 'utf8')).not.toContain('told');
  });

  it('pauses, resumes, and can stop what is paused', async () => {
    table.start(spec('paused', tells));
    await awaitReady('paused');
    table.signal('paused', 'SIGSTOP');
    await pollUntil(() => Promise.resolve(table.isPaused('paused') || undefined), {
      timeoutMs: 5_000,
      what: 'the pause',
      remedy: '',
    });
    await table.stop(['paused']);
    expect(table.pid('paused')).toBeUndefined();
  });

  it('never takes another program for its own when a pid was given anew', () => {
    writeFileSync(join(folder, 'run', 'stranger.pid'), `${process.pid} 12345\n`);
    expect(table.pid('stranger')).toBeUndefined();
    table.signal('stranger', 'SIGKILL');
    expect(table.ids()).toContain('stranger');
  });

  it('stopping what does not run is no error', async () => {
    await expect(table.stop(['nobody'])).resolves.toBeUndefined();
  });
});
