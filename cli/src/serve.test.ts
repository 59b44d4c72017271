import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { usccCheckDigit } from '@carbon-ledger/core';
import { parsePlantYear } from '@carbon-ledger/plant-year';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { startEmbeddedPeer, type EmbeddedPeer } from '@carbon-ledger/embedded-peer';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { Gateways } from './importing/gateways';
import { importPlantYear } from './importing/import-plant-year';
import { plantYearFile } from './importing/year-file';
import { trialKeys } from './keys/party-keys';
import { startTrialService } from '../../test/support/trial-service';
import { startFabricService } from './service/fabric';
import type { RunningService, ServingOptions } from './service/serving';
import { trialFounder } from './service/founding';
import { Service } from './service/service';
import { runInProcess, type CliResult } from './testing/test-io';

const sampleFile = path.join(__dirname, '..', '..', 'scripts', 'sample', 'sample-plant.json');
const sectorFiles = ['cement', 'steel'].map((name) =>
  path.join(path.dirname(sampleFile), 'sectors', `${name}-2024.json`),
);
const authority = `11100000MB0REAL01${usccCheckDigit('11100000MB0REAL01')}`;
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

/** Runs `serve` until it stands, asks it something, stops it as a signal would. */
async function serveAnd(
  argv: readonly string[],
  settings: object,
  ask: (url: string) => Promise<void>,
): Promise<CliResult> {
  const controller = new AbortController();
  let asked: Promise<void> | undefined;
  let stdout = '';
  const sink = {
    write: (text: string): boolean => {
      stdout += text;
      const { url } = JSON.parse(text) as { url: string };
      asked = ask(url).finally(() => {
        controller.abort();
      });
      return true;
    },
  };
  const command = ['serve', '--port', '0', '--json', '--log-level', 'silent', '--one-thread', ...argv];
  const result = await runInProcess(command, {
    signal: controller.signal,
    stdout: sink,
    now: () => new Date(),
    ...settings,
  });
  await asked;
  return { ...result, stdout };
}

/** Runs `serve` of a trial where it cannot stand. */
function tryToServe(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(['serve', '--trial', '--log-level', 'silent', '--one-thread', ...argv], {
    now: () => new Date(),
  });
}

describe('serve', () => {
  const homeDir = temporaryFolder('cli');
  const env = { CARBON_LEDGER_PASSPHRASE: 'correct horse' };
  const data = path.join(temporaryFolder('cli'), 'ledger');
  const founding = ['--data', data, '--as', authority, '--founder-name', '主管部门'];

  it('says how to found a ledger before it writes anything', async () => {
    const result = await runInProcess(['serve', '--data', data, '--port', '0']);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain('--founder-name');
  });

  it('founds a production ledger with a key of the keystore, and takes no trial keys on it', async () => {
    expect((await runInProcess(['keys', 'new', '--as', authority], { homeDir, env })).code).toBe(0);
    const served = await serveAnd(founding, { homeDir, env }, async (url) => {
      const status = await runInProcess(['status', '--json', '--url', url], { homeDir });
      expect(JSON.parse(status.stdout)).toMatchObject({ trial: false, logSize: 1 });
      const trial = await runInProcess(['import', 'plant-year', sampleFile, '--trial-keys', '--url', url], { homeDir });
      expect(trial.code).toBe(1);
      expect(trial.stderr).toContain('NOT_A_TRIAL');
      const importing = ['import', 'plant-year', sampleFile, '--url', url, '--json'];
      expect((await runInProcess(importing, { homeDir })).code).toBe(2);
      const unregistered = await runInProcess([...importing, '--as', '91140000MA0FAKE01X'], { homeDir });
      expect(unregistered.code).toBe(1);
      const lacking = JSON.parse(unregistered.stdout) as { code: string; cure: string; faults: { message: string }[] };
      expect(lacking).toMatchObject({
        code: 'MARKET_INCOMPLETE',
        cure: expect.stringContaining('methodology file') as string,
      });
      expect(lacking.faults.map(({ message }) => message).join('\n')).toContain('the methodology CN-ETS-POWER of 2024');
      for (const file of sectorFiles) {
        const checked = await runInProcess(['check', 'plant-year', file, '--url', url], { homeDir });
        expect([checked.code, checked.stderr]).toEqual([3, expect.stringContaining('MARKET_INCOMPLETE') as string]);
        expect(checked.stderr).toContain('methodology file');
      }
    });
    expect(served.code).toBe(0);
    expect(served.stderr).not.toContain('TRIAL');
    expect(JSON.parse(served.stdout)).toMatchObject({ founded: true, trial: false });
  });

  it('acts for nobody whom --as does not name, whatever keys lie here', async () => {
    // No passphrase: a key that is opened would be told.
    const asked = async (url: string): Promise<void> => {
      const figure = `${authority}/-/-/party#emission_tCO2`;
      const traced = await runInProcess(['trace', figure, '--url', url], { homeDir });
      expect(traced.stderr).not.toContain('PASSPHRASE_WRONG');
      // Whether there is such a figure, nobody can tell to whom it would not be open.
      expect(traced.code).toBe(3);
      const named = await runInProcess(['trace', figure, '--url', url, '--as', authority], { homeDir });
      expect(named.stderr).toContain('PASSPHRASE_WRONG');
      const impact = await runInProcess(['impact', `${authority}/-/-/party`, '--url', url], { homeDir });
      expect(impact.stderr).not.toContain('PASSPHRASE_WRONG');
    };
    await serveAnd(['--data', data], {}, asked);
  });

  it('opens it again without the founder, but never as a trial', async () => {
    const again = await serveAnd(['--data', data], {}, () => Promise.resolve());
    expect(JSON.parse(again.stdout)).toMatchObject({ founded: false, trial: false });
    const asTrial = await tryToServe('--data', data, '--port', '0');
    expect(asTrial).toMatchObject({ code: 1, stdout: '' });
    expect(asTrial.stderr).toContain('NOT_A_TRIAL');
  });

  it('says so when it serves a trial, and lets one process use a folder', async () => {
    const trial = path.join(temporaryFolder('cli'), 'trial');
    const served = await serveAnd(['--trial', '--data', trial], {}, async (url) => {
      const second = await tryToServe('--data', trial, '--port', '0');
      expect(second).toMatchObject({ code: 3, stdout: '' });
      expect(second.stderr).toContain('FOLDER_LOCKED');
      const other = path.join(temporaryFolder('cli'), 'other');
      expect(await tryToServe('--data', other, '--port', new URL(url).port)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('PORT_TAKEN') as string,
      });
    });
    expect(served.code).toBe(0);
    expect(served.stderr).toContain('TRIAL LEDGER');
  });

  it.each([['70000'], ['x']])('refuses port %s', async (port) => {
    expect((await tryToServe('--port', port)).code).toBe(2);
  });
});

/** Writes a gateway profile of one organisation of a peer, as `network/` does, and gives its path. */
function writeProfile(peer: EmbeddedPeer, mspId: string): string {
  const folder = temporaryFolder('cli');
  const identity = peer.identities.get(mspId)!;
  const keep = (name: string, bytes: Buffer): string => {
    writeFileSync(path.join(folder, name), bytes);
    return name;
  };
  const profile = {
    mspId,
    channel: peer.channel,
    chaincode: peer.chaincodeName,
    identity: { certificate: keep('cert.pem', identity.certificate), privateKey: keep('key.pem', identity.privateKey) },
    tls: { certificate: keep('tls.pem', peer.tls.clientCert), privateKey: keep('tls.key', peer.tls.clientKey) },
    peers: [
      {
        endpoint: peer.endpoint,
        tlsServerName: peer.tls.serverName,
        tlsRootCertificates: keep('ca.pem', peer.tls.rootCert),
      },
    ],
  };
  return path.join(folder, keep('profile.json', Buffer.from(JSON.stringify(profile))));
}

describe('serve --fabric', () => {
  it('runs on a peer that it only knows by a profile, and takes its genesis block for the ledger id', async () => {
    const folder = temporaryFolder('cli');
    const peer = await startEmbeddedPeer({ dataDir: path.join(folder, 'peer') });
    const argv = ['--fabric', writeProfile(peer, 'EmbeddedMSP'), '--trial', '--data', path.join(folder, 'gateway')];
    const served = await serveAnd(argv, {}, async (url) => {
      const status = await runInProcess(['status', '--json', '--url', url]);
      expect(JSON.parse(status.stdout)).toMatchObject({ deployment: 'fabric', ledger: peer.genesisHash, logSize: 1 });
    });
    await peer.close();
    expect(served.code).toBe(0);
  });

  it('imports a plant-year through the gateways of five organisations', async () => {
    const organisations = ['RegulatorMSP', 'EnterpriseMSP', 'LabMSP', 'VerifierMSP', 'RegistryMSP'];
    const folder = temporaryFolder('cli');
    const peer = await startEmbeddedPeer({ dataDir: path.join(folder, 'peer'), organisations });
    const gateways: RunningService[] = [];
    for (const mspId of organisations) {
      const serving: ServingOptions = {
        dataDir: path.join(folder, mspId),
        host: '127.0.0.1',
        port: 0,
        founder: (msp) => Promise.resolve(trialFounder(msp)),
        logLevel: 'silent',
        now,
        signal: new AbortController().signal,
      };
      gateways.push(await startFabricService(writeProfile(peer, mspId), serving));
    }
    const [regulator, ...others] = gateways.map(({ url }) => url) as [string, ...string[]];
    const through = others.flatMap((url) => ['--gateway', url]);
    const homeDir = temporaryFolder('cli');
    const argv = ['import', 'plant-year', sampleFile, '--trial-keys', '--json', '--url', regulator, ...through];
    const imported = await runInProcess(argv, { homeDir, now: () => new Date() });
    expect(JSON.parse(imported.stdout)).toMatchObject({
      anchored: 120,
      plant: { totals: { emission_tCO2: '4146356' } },
    });
    const lab = await new Service(new LedgerClient({ baseUrl: regulator }), trialKeys).built(
      '91140100MA0FAKE2XU/-/-/party',
    );
    expect(lab.record.content['msps']).toEqual(['LabMSP']);
    for (const gateway of gateways) await gateway.close();
    await peer.close();
  });

  it('exits 2 for a profile that is not there', async () => {
    const argv = [
      'serve',
      '--fabric',
      '/nowhere/at/all.json',
      '--trial',
      '--data',
      path.join(temporaryFolder('cli'), 'g'),
    ];
    expect((await runInProcess([...argv, '--port', '0'])).code).toBe(2);
  });
});

describe('an import that is cut short', () => {
  let running: RunningService;
  beforeAll(async () => {
    const dataDir = path.join(temporaryFolder('cli'), 'data');
    running = await startTrialService(dataDir);
  });
  afterAll(() => running.close());

  it('goes on where it stopped and doubles nothing', async () => {
    const service = new Service(new LedgerClient({ baseUrl: running.url }), trialKeys);
    const gateways = await Gateways.open(service, []);
    const plantYear = parsePlantYear(JSON.parse(readFileSync(sampleFile, 'utf8')));
    const controller = new AbortController();
    const run = (onProgress: (done: number) => void): ReturnType<typeof importPlantYear> =>
      importPlantYear(() => Promise.resolve(gateways), plantYearFile(plantYear), {
        trial: true,
        documents: new Map(),
        now,
        signal: controller.signal,
        onProgress,
      });
    const cut = run((done) => {
      if (done > 50) controller.abort();
    });
    await expect(cut).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const homeDir = temporaryFolder('cli');
    const argv = ['import', 'plant-year', sampleFile, '--trial-keys', '--json', '--url', running.url];
    const rest = await runInProcess(argv, { homeDir, now: () => new Date() });
    const answer = JSON.parse(rest.stdout) as { anchored: number; already: number; plant: { totals: object } };
    expect(answer.anchored).toBeGreaterThan(0);
    expect(answer.anchored + answer.already).toBe(111);
    expect(answer.plant.totals).toMatchObject({ emission_tCO2: '4146356', allowancesToBuy_tCO2: '21901' });
    expect((await service.ledger()).logSize).toBe(121);
  });
});
