import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createAuthority, type Authority, type KeyPair } from '../../../embedded-peer/src/identity/certificates';
import { ProcessTable } from '../runtime/processes';
import { pollUntil } from '../runtime/poll';
import { isListening } from '../runtime/ports';
import type { ChaincodeService } from '../runtime/runtime';
import { serviceEnvironment } from '../runtime/service-environment';

/** The bundle that organisations run, driven over Fabric's own chaincode protocol by a peer that this test plays. */

const root = join(__dirname, '../../..');
const folder = temporaryFolder('chaincode-service');
const bundle = join(folder, 'bundle.cjs');
const processes = new ProcessTable(join(folder, 'run'), join(folder, 'logs'));
const packageId = `carbon_test:${'0'.repeat(64)}`;
const { Type } = peer.ChaincodeMessage;

let authority: Authority;
let peerPair: KeyPair;
let address: string;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof bound === 'object' ? (bound?.port ?? 0) : 0;
}

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'chaincode/build.mjs'), join(root, 'chaincode/src/server.ts'), bundle]);
  authority = await createAuthority({ commonName: 'tlsca.test', organisation: 'test' }, new Date());
  const server = await authority.issue(
    { commonName: 'chaincode', organisation: 'test' },
    { tls: true, hosts: ['localhost', '127.0.0.1'] },
  );
  peerPair = await authority.issue({ commonName: 'peer', organisation: 'test' }, { tls: true, hosts: ['localhost'] });
  const port = await freePort();
  address = `localhost:${port}`;
  const service: ChaincodeService = {
    id: 'chaincode',
    port,
    packageId,
    slot: 0,
    bundle,
    bundleSha256: '',
    tlsCertificate: write('server.crt', server.certificate),
    tlsKey: write('server.key', server.privateKey),
    clientRoots: write('clients.pem', authority.pair.certificate),
  };
  const env = serviceEnvironment(service, '127.0.0.1', service);
  processes.start({ id: service.id, program: process.execPath, args: [bundle], env, cwd: folder });
  await pollUntil(async () => ((await isListening(port)) ? true : undefined), {
    timeoutMs: 20_000,
    what: 'the service',
    remedy: '',
  });
});

afterAll(async () => {
  await processes.stop(processes.ids());
});

function secured(pair?: KeyPair, roots = authority.pair.certificate): ChannelCredentials {
  if (pair === undefined) return credentials.createSsl(Buffer.from(roots));
  return credentials.createSsl(Buffer.from(roots), Buffer.from(pair.privateKey), Buffer.from(pair.certificate));
}

function message(type: number, payload: Uint8Array, txId = ''): peer.ChaincodeMessage {
  const built = new peer.ChaincodeMessage();
  built.setType(type as peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap]);
  built.setPayload(payload);
  built.setTxid(txId);
  built.setChannelId('audit');
  return built;
}

/** The client's proposal as the peer passes it on: the contract reads time and submitter from it. */
function proposal(): peer.SignedProposal {
  const creator = new msp.SerializedIdentity();
  creator.setMspid('LabMSP');
  creator.setIdBytes(Buffer.from(peerPair.certificate));
  const signature = new common.SignatureHeader();
  signature.setCreator(creator.serializeBinary());
  const channel = new common.ChannelHeader();
  channel.setChannelId('audit');
  channel.setTimestamp(Timestamp.fromDate(new Date('2026-01-15T00:00:00Z')));
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(signature.serializeBinary());
  const unsigned = new peer.Proposal();
  unsigned.setHeader(header.serializeBinary());
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(Buffer.from('input'));
  unsigned.setPayload(payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(unsigned.serializeBinary());
  return signed;
}

function transaction(...args: string[]): peer.ChaincodeMessage {
  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((arg) => Buffer.from(arg)));
  const built = message(Type.TRANSACTION, input.serializeBinary(), 'tx1');
  built.setProposal(proposal());
  return built;
}

interface Call {
  readonly registered: string;
  readonly reads: readonly string[];
  readonly response: peer.Response;
}

/** Plays the peer for one transaction on an empty state; rejects when the service does not let it in. */
function invoke(channel: ChannelCredentials, ...args: string[]): Promise<Call> {
  const client = new peer.ChaincodeClient(address, channel);
  const stream = client.connect();
  const reads: string[] = [];
  let registered = '';
  return new Promise<Call>((resolve, reject) => {
    stream.on('error', reject);
    stream.on('data', (received: peer.ChaincodeMessage) => {
      const payload = received.getPayload_asU8();
      switch (received.getType()) {
        case Type.REGISTER:
          registered = peer.ChaincodeID.deserializeBinary(payload).getName();
          stream.write(message(Type.REGISTERED, new Uint8Array()));
          stream.write(message(Type.READY, new Uint8Array()));
          stream.write(transaction(...args));
          return;
        case Type.GET_STATE:
          reads.push(peer.GetState.deserializeBinary(payload).getKey());
          stream.write(message(Type.RESPONSE, new Uint8Array(), 'tx1'));
          return;
        case Type.ERROR:
          reject(new Error(Buffer.from(payload).toString()));
          return;
        default:
          resolve({ registered, reads, response: peer.Response.deserializeBinary(payload) });
      }
    });
  }).finally(() => {
    stream.cancel();
    client.close();
  });
}

describe('the contract as a service', () => {
  it('registers under its package id, reads state through the peer and answers with a code of the catalogue', async () => {
    const { registered, reads, response } = await invoke(secured(peerPair), 'info');
    expect(registered).toBe(packageId);
    expect(reads).toEqual(['ledger']);
    expect(response.getStatus()).toBe(500);
    expect(response.getMessage()).toMatch(/^NOT_READY: \{/);
  });

  it('answers a function that it does not have', async () => {
    const { response } = await invoke(secured(peerPair), 'erase');
    expect(response.getStatus()).toBe(500);
    expect(response.getMessage()).toContain('does not exist');
  });

  it('takes arguments: the bundle tells fabric-contract-api how many a transaction has', async () => {
    const { response } = await invoke(secured(peerPair), 'party', 'no-uscc');
    expect(response.getMessage()).toMatch(/^BAD_USCC: \{/);
  });

  it('describes itself', async () => {
    const { response } = await invoke(secured(peerPair), 'org.hyperledger.fabric:GetMetadata');
    const metadata = JSON.parse(Buffer.from(response.getPayload_asU8()).toString()) as {
      contracts: Record<string, unknown>;
    };
    expect(Object.keys(metadata.contracts)).toContain('AuditLedger');
  });

  it('lets nobody in without a certificate', async () => {
    await expect(invoke(secured(), 'info')).rejects.toMatchObject({ code: 14 });
  });

  it('lets nobody in with a certificate of somebody else', async () => {
    const stranger = await createAuthority({ commonName: 'tlsca.stranger', organisation: 'stranger' }, new Date());
    const pair = await stranger.issue(
      { commonName: 'peer', organisation: 'stranger' },
      { tls: true, hosts: ['localhost'] },
    );
    await expect(invoke(secured(pair), 'info')).rejects.toMatchObject({ code: 14 });
  });
});
