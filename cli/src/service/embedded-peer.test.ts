import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { credentials, Client } from '@grpc/grpc-js';
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { runInProcess } from '../testing/test-io';
import { startEmbeddedService, type PeerNames } from './embedded';
import { trialFounder } from './founding';
import { startFabricService } from './fabric';
import type { RunningService } from './serving';

const NAMES = { channel: 'carbon-2024', chaincode: 'ledger_v1', msp: 'RegulatorMSP' };

interface File {
  readonly path: string;
}

/** What a client of Fabric knows of a common connection profile; nothing of it is ours. */
interface ConnectionProfile {
  readonly client: { organization: string; tlsCerts: { client: { cert: File; key: File } } };
  readonly organizations: Record<
    string,
    { mspid: string; peers: string[]; signedCert: File; adminPrivateKey: File } | undefined
  >;
  readonly peers: Record<
    string,
    { url: string; tlsCACerts: { pem: string }; grpcOptions: Record<string, string> } | undefined
  >;
  readonly channels: Record<string, unknown>;
}

/** The unmodified fabric-gateway, by what the profile says; the name of the chaincode is told where `serve` prints it. */
async function info(profileFile: string, chaincode: string): Promise<{ ledgerId: string }> {
  const profile = JSON.parse(readFileSync(profileFile, 'utf8')) as ConnectionProfile;
  const organisation = profile.organizations[profile.client.organization]!;
  const peer = profile.peers[organisation.peers[0] ?? '']!;
  const { cert, key } = profile.client.tlsCerts.client;
  const tls = credentials.createSsl(Buffer.from(peer.tlsCACerts.pem), readFileSync(key.path), readFileSync(cert.path));
  const client = new Client(peer.url.replace('grpcs://', ''), tls, {
    'grpc.ssl_target_name_override': peer.grpcOptions['ssl-target-name-override'] ?? '',
  });
  const gateway = connect({
    client,
    identity: { mspId: organisation.mspid, credentials: readFileSync(organisation.signedCert.path) },
    signer: signers.newPrivateKeySigner(createPrivateKey(readFileSync(organisation.adminPrivateKey.path))),
    hash: hash.sha256,
  });
  try {
    const [channel = ''] = Object.keys(profile.channels);
    const answer = await gateway.getNetwork(channel).getContract(chaincode).evaluateTransaction('info');
    return JSON.parse(Buffer.from(answer).toString()) as { ledgerId: string };
  } finally {
    gateway.close();
    client.close();
  }
}

describe('the embedded peer', () => {
  const dataDir = path.join(temporaryFolder('cli'), 'data');
  const running: RunningService[] = [];
  afterEach(async () => {
    for (const service of running.splice(0)) await service.close();
  });

  async function start(peer: PeerNames, folder = dataDir): Promise<RunningService> {
    const service = await startEmbeddedService({
      ...{ dataDir: folder, peer, oneThread: true, host: '127.0.0.1', port: 0, logLevel: 'silent' },
      founder: (msp) => Promise.resolve(trialFounder(msp)),
      now: () => `${new Date().toISOString().slice(0, 19)}Z`,
      signal: new AbortController().signal,
    });
    running.push(service);
    return service;
  }
  const stop = (): Promise<void> => running.pop()!.close();

  it('has the names that it is given, which it keeps, and a profile by which another client reaches it', async () => {
    const first = await start(NAMES);
    const { profile, ...shown } = first.peer!;
    expect(shown).toMatchObject(NAMES);
    expect(profile).toBe(path.join(dataDir, 'connection.json'));
    expect(statSync(profile).mode & 0o077).toBe(0);
    expect(readFileSync(profile, 'utf8')).not.toContain('PRIVATE KEY');
    expect(await info(profile, NAMES.chaincode)).toMatchObject({ ledgerId: first.founding.ledgerId });
    await stop();
    const again = await start({});
    expect(again.peer).toMatchObject(NAMES);
    expect(again.founding).toMatchObject({ isNew: false, ledgerId: first.founding.ledgerId });
    await stop();
    const fsck = await runInProcess(['fsck', '--data', dataDir, '--json', '--threads', '0']);
    expect(fsck.stderr).toBe('');
    expect(JSON.parse(fsck.stdout)).toMatchObject({ result: 'ok', counts: { submissions: 1 } });
  });

  /** Each part gets seconds, which a busy machine may take: asked until it is. */
  async function ready(url: string): Promise<void> {
    if ((await fetch(`${url}/readyz`)).status !== 200) await ready(url);
  }

  it('takes a gateway of another process on that profile', async () => {
    const { peer, founding } = await start({});
    const argv = ['fsck', '--peer', peer!.profile, '--json', '--threads', '0'];
    expect(JSON.parse((await runInProcess(argv)).stdout)).toMatchObject({ result: 'ok', ledger: founding.ledgerId });
    const gateway = await startFabricService(peer!.profile, {
      ...{ dataDir: path.join(temporaryFolder('cli'), 'gateway'), host: '127.0.0.1', port: 0, logLevel: 'silent' },
      founder: (msp) => Promise.resolve(trialFounder(msp)),
      now: () => `${new Date().toISOString().slice(0, 19)}Z`,
      signal: new AbortController().signal,
    });
    running.push(gateway);
    await ready(gateway.url);
  });

  it.each([
    [{ channel: 'audit' }, 'channel carbon-2024, not audit'],
    [{ chaincode: 'carbon' }, 'chaincode ledger_v1, not carbon'],
    [{ msp: 'LabMSP' }, 'it has no LabMSP'],
  ])('is not started under other names: %j', async (names, words) => {
    await expect(start(names)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(words) as string,
    });
  });

  it('listens where it is told: it says that somebody else does', async () => {
    const { peer } = await start({});
    const port = Number(peer!.endpoint.split(':')[1]);
    const other = path.join(temporaryFolder('cli'), 'other');
    await expect(start({ port }, other)).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });
});
