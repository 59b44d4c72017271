import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { common, gateway, google, orderer, peer as protos } from '@hyperledger/fabric-protos';
import { createPrivateKey } from 'node:crypto';
import { createAuthority, type KeyPair } from './identity/certificates';
import { signLowS } from './identity/signature';
import { SigningIdentity } from './identity/signing-identity';
import { encode, type Serializable } from './proto/bytes';
import { rawClient, text, type TestClient } from './testing/client';
import { PeerFixture } from './testing/fixture';
import { endorseRequest, seek, signedProposal, type ProposalChanges } from './testing/forged-messages';

const NOW = new Date('2024-11-21T08:00:00Z');
let now = NOW;
let fixture: PeerFixture;
let client: TestClient;
let grpc: Client;
let honest: SigningIdentity;

beforeAll(async () => {
  fixture = await PeerFixture.start({ clock: () => now, block: { maxBytes: 2_000_000 } });
  client = fixture.connect();
  grpc = rawClient(fixture.peer);
  const { mspId, certificate, privateKey } = fixture.peer.identities.get('EmbeddedMSP')!;
  honest = new SigningIdentity(mspId, { certificate: certificate.toString(), privateKey: privateKey.toString() });
});
afterAll(async () => {
  grpc.close();
  await fixture.remove();
});
beforeEach(() => {
  now = NOW;
});
/** Whatever was tried, the peer still serves and holds nothing of it. */
afterEach(async () => {
  now = NOW;
  await client.contract.submitTransaction('put', 'alive', 'yes');
  expect(text(await client.contract.evaluateTransaction('get', 'forged'))).toBe('');
});

async function call(path: string, bytes: Uint8Array): Promise<ServiceError> {
  return new Promise((resolve, reject) => {
    const same = (value: Buffer): Buffer => value;
    grpc.makeUnaryRequest(path, same, same, Buffer.from(bytes), (error) => {
      if (error) resolve(error);
      else reject(new Error('it was accepted'));
    });
  });
}

function detailOf(error: ServiceError): string {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const [detail] = google.rpc.Status.deserializeBinary(bytes as Buffer).getDetailsList();
  return gateway.ErrorDetail.deserializeBinary(detail!.getValue_asU8()).getMessage();
}

async function endorse(changes: ProposalChanges, signer = honest): Promise<ServiceError> {
  return call('/gateway.Gateway/Endorse', endorseRequest(signedProposal(signer, changes)));
}

async function forgedIdentity(role: string, mspId = 'EmbeddedMSP', from = NOW): Promise<SigningIdentity> {
  const ca = await createAuthority({ commonName: 'ca.EmbeddedMSP', organisation: 'EmbeddedMSP' }, from);
  const pair: KeyPair = await ca.issue({ commonName: 'client', organisation: mspId, unit: role });
  return new SigningIdentity(mspId, pair);
}

describe('proposals', () => {
  test('of an identity that the organisation did not issue are refused', async () => {
    const error = await endorse({}, await forgedIdentity('client'));
    expect(error.code).toBe(status.ABORTED);
    expect(detailOf(error)).toContain('access denied: channel [audit] creator org [EmbeddedMSP]');
    const nobody = await endorse({}, await forgedIdentity('client', 'NobodyMSP'));
    expect(detailOf(nobody)).toContain('creator org [NobodyMSP]');
  });

  test('with a forged, malleable or missing signature are refused', async () => {
    const flipped = (bytes: Buffer, signer: SigningIdentity): Buffer => signer.sign(Buffer.concat([bytes, bytes]));
    expect(detailOf(await endorse({ sign: flipped }))).toContain('access denied');
    expect(detailOf(await endorse({ sign: () => new Uint8Array() }))).toContain('access denied');
    expect(detailOf(await endorse({ sign: (bytes) => highS(bytes) }))).toContain('access denied');
  });

  test('outside the validity of the certificate are refused', async () => {
    now = new Date('2060-01-01T00:00:00Z');
    expect(detailOf(await endorse({}))).toContain('access denied');
    now = new Date('2020-01-01T00:00:00Z');
    expect(detailOf(await endorse({}))).toContain('access denied');
  });

  test('with a transaction id of their own choice, no nonce, or another type are refused', async () => {
    expect(detailOf(await endorse({ txId: 'a'.repeat(64) }))).toContain('incorrectly computed txid');
    expect(detailOf(await endorse({ nonce: Buffer.alloc(0) }))).toContain('nonce is empty');
    expect(detailOf(await endorse({ type: common.HeaderType.CONFIG }))).toContain('invalid header type');
  });

  test('for another channel are refused', async () => {
    expect((await endorse({ channel: 'other' })).code).toBe(status.FAILED_PRECONDITION);
  });

  test('that are noise are refused, whatever the method', async () => {
    const noise = Buffer.from('ff'.repeat(64), 'hex');
    const methods = ['Evaluate', 'Endorse', 'Submit', 'CommitStatus'];
    for (const method of methods) {
      const error = await call(`/gateway.Gateway/${method}`, noise);
      expect([status.INTERNAL, status.INVALID_ARGUMENT]).toContain(error.code);
      const empty = await call(`/gateway.Gateway/${method}`, new Uint8Array());
      expect([status.INVALID_ARGUMENT, status.PERMISSION_DENIED]).toContain(empty.code);
    }
    const proposal = new protos.SignedProposal();
    proposal.setProposalBytes(noise);
    expect((await call('/gateway.Gateway/Endorse', endorseRequest(proposal))).code).toBe(status.ABORTED);
  });
});

function highS(bytes: Buffer): Buffer {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const key = createPrivateKey(fixture.peer.identities.get('EmbeddedMSP')!.privateKey);
  const low = signLowS(key, bytes);
  const rLength = low[3]!;
  const s = BigInt(`0x${low.subarray(6 + rLength).toString('hex')}`);
  const digits = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex');
  const integer = Buffer.concat([Buffer.from([0x02, 33, 0]), digits]);
  const body = Buffer.concat([low.subarray(2, 4 + rLength), integer]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

describe('transactions', () => {
  async function prepared(args: readonly string[] = ['put', 'forged', 'x']): Promise<common.Envelope> {
    const [name = '', ...rest] = args;
    const transaction = await client.contract.newProposal(name, { arguments: rest }).endorse();
    return gateway.PreparedTransaction.deserializeBinary(transaction.getBytes()).getEnvelope()!;
  }

  async function submit(envelope: common.Envelope): Promise<ServiceError> {
    const request = new gateway.SubmitRequest();
    request.setPreparedTransaction(envelope);
    return call('/gateway.Gateway/Submit', request.serializeBinary());
  }

  test('without a signature, or signed by another, are not ordered', async () => {
    const height = fixture.peer.height();
    const envelope = await prepared();
    envelope.setSignature(new Uint8Array());
    expect((await submit(envelope)).code).toBe(status.INVALID_ARGUMENT);
    envelope.setSignature((await forgedIdentity('client')).sign(envelope.getPayload_asU8()));
    const error = await submit(envelope);
    expect(error.code).toBe(status.ABORTED);
    expect(error.details).toContain('status=FORBIDDEN');
    expect(fixture.peer.height()).toBe(height);
  });

  test('whose content was changed after endorsement are not ordered', async () => {
    const envelope = await prepared(['put', 'other', 'forged-value']);
    const changed = Buffer.from(envelope.getPayload_asU8()).toString('latin1').replace('forged-value', 'FORGED-VALUE');
    const payload = Buffer.from(changed, 'latin1');
    envelope.setPayload(payload);
    envelope.setSignature(honest.sign(payload));
    expect((await submit(envelope)).details).toContain('status=BAD_REQUEST');
  });

  test('larger than the limit are not ordered', async () => {
    const envelope = await prepared(['put', 'large', 'x'.repeat(2_100_000)]);
    envelope.setSignature(honest.sign(envelope.getPayload_asU8()));
    expect((await submit(envelope)).details).toContain('REQUEST_ENTITY_TOO_LARGE');
  });

  test('that are noise are not ordered', async () => {
    const envelope = new common.Envelope();
    envelope.setPayload(Buffer.from('noise'));
    envelope.setSignature(honest.sign(Buffer.from('noise')));
    expect((await submit(envelope)).code).toBe(status.ABORTED);
  });
});

describe('readers', () => {
  async function deliver(method: string, message: Serializable): Promise<number> {
    const stream = grpc.makeBidiStreamRequest(
      method,
      (value: Serializable) => encode(value),
      (bytes: Buffer) => protos.DeliverResponse.deserializeBinary(bytes),
    );
    stream.write(message);
    for await (const answer of stream) {
      stream.cancel();
      return (answer as protos.DeliverResponse).getStatus();
    }
    throw new Error('no answer');
  }

  test.each(['Deliver', 'DeliverFiltered', 'DeliverWithPrivateData'])(
    '%s answers strangers and nonsense with a status',
    async (name) => {
      const method = `/protos.Deliver/${name}`;
      expect(await deliver(method, seek(await forgedIdentity('client')))).toBe(common.Status.FORBIDDEN);
      expect(await deliver(method, seek(honest))).toBe(common.Status.BAD_REQUEST);
      expect(await deliver(method, seek(honest, new orderer.SeekInfo(), 'other'))).toBe(common.Status.NOT_FOUND);
      expect(await deliver(method, new common.Envelope())).toBe(common.Status.BAD_REQUEST);
    },
  );

  test('a block that is not there yet is NOT_FOUND for those who will not wait', async () => {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(1_000_000);
    const position = new orderer.SeekPosition();
    position.setSpecified(specified);
    const info = new orderer.SeekInfo();
    info.setStart(position);
    info.setStop(position);
    info.setBehavior(orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
    expect(await deliver('/protos.Deliver/Deliver', seek(honest, info))).toBe(common.Status.NOT_FOUND);
  });

  test('commit status and events are for members of the channel', async () => {
    const stranger = await forgedIdentity('client');
    const request = new gateway.CommitStatusRequest();
    request.setChannelId('audit');
    request.setTransactionId('none');
    request.setIdentity(stranger.serialized);
    const signed = new gateway.SignedCommitStatusRequest();
    signed.setRequest(request.serializeBinary());
    signed.setSignature(stranger.sign(signed.getRequest_asU8()));
    const error = await call('/gateway.Gateway/CommitStatus', signed.serializeBinary());
    expect(error.code).toBe(status.PERMISSION_DENIED);
  });

  test('a connection without a client certificate of the folder is not accepted', async () => {
    const anonymous = new Client(fixture.peer.endpoint, credentials.createSsl(fixture.peer.tls.rootCert), {
      'grpc.ssl_target_name_override': fixture.peer.tls.serverName,
    });
    const answer = new Promise<ServiceError>((resolve) => {
      const same = (value: Buffer): Buffer => value;
      anonymous.makeUnaryRequest('/gateway.Gateway/Evaluate', same, same, Buffer.alloc(0), (error) => {
        resolve(error!);
      });
    });
    expect((await answer).code).toBe(status.UNAVAILABLE);
    anonymous.close();
  });
});
