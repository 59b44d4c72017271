import type { ServiceError } from '@grpc/grpc-js';
import { GatewayError, type Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { encode } from '../../../embedded-peer/src/proto/bytes';
import type { Connection } from '../network';
import type { Market } from './market';

/** What a client was told. Of a success only that it was one, and the validation code where there is one. */
export interface Answer {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly details: readonly string[];
  readonly validation?: number;
}

/** The same ledger as members of the collection see it, and as the one who is none. */
export interface Clients {
  readonly member: Connection;
  readonly stranger: Connection;
  readonly market: Market;
}

/** What is other at every run; the rest of an answer must be the same. */
function settle(text: string): string {
  return text
    .replace(/[0-9a-f]{200,}/g, 'CREATOR')
    .replace(/[0-9a-f]{64}/g, 'TXID')
    .replace(/\b(?:127\.0\.0\.1|localhost):\d+/g, 'ADDRESS')
    .replace(/\bpeer0\.\w+\.carbon-ledger\.test:\d+/g, 'ADDRESS');
}

function failure(name: string, error: unknown): Answer {
  const cause = error instanceof GatewayError ? error.cause : (error as ServiceError);
  const details = error instanceof GatewayError ? error.details.map(({ message }) => settle(message)) : [];
  return { name, code: cause.code, message: settle(cause.details), details: [...new Set(details)].sort() };
}

type Call = (clients: Clients) => Promise<number | undefined>;

function withoutResult(run: (clients: Clients) => Promise<unknown>): Call {
  return async (clients) => {
    await run(clients);
    return undefined;
  };
}

function evaluate(name: string, ...args: string[]): Call {
  return withoutResult(({ member }) => member.contract.evaluateTransaction(name, ...args));
}

function submit(name: string, ...args: string[]): Call {
  return withoutResult(({ member }) => member.contract.submitTransaction(name, ...args));
}

function system(chaincode: string, name: string, ...args: string[]): Call {
  return withoutResult(({ member }) => member.network.getContract(chaincode).evaluateTransaction(name, ...args));
}

/** Runs one anchored transaction, then does something with the very same proposal or transaction again. */
async function afterCommit(
  { member, market }: Clients,
  from: number,
  again: (first: { proposal: Uint8Array; transaction: Transaction }) => Promise<unknown>,
): Promise<undefined> {
  const { transient } = await market.cancellation(0, from, from + 9);
  const proposal = member.contract.newProposal('submit', { transientData: transient });
  const transaction = await proposal.endorse();
  const commit = await transaction.submit();
  await commit.getStatus();
  await again({ proposal: proposal.getBytes(), transaction });
  return undefined;
}

function rawCall(connection: Connection, method: string, request: { serializeBinary(): Uint8Array }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    connection.client.makeUnaryRequest(
      `/gateway.Gateway/${method}`,
      (message: { serializeBinary(): Uint8Array }) => Buffer.from(message.serializeBinary()),
      (bytes: Buffer) => bytes,
      request,
      (error, value) => {
        if (error) reject(error);
        else resolve(value ?? Buffer.alloc(0));
      },
    );
  });
}

/** The request of an honest client, its signature replaced. */
function forgedEvaluation(member: Connection): gateway.EvaluateRequest {
  const bytes = member.contract.newProposal('info').getBytes();
  const signed = gateway.ProposedTransaction.deserializeBinary(bytes).getProposal() ?? new peer.SignedProposal();
  signed.setSignature(Buffer.from('no signature'));
  const request = new gateway.EvaluateRequest();
  request.setChannelId(member.network.getName());
  request.setProposedTransaction(signed);
  return request;
}

async function forgedSubmission(member: Connection, market: Market, signature: Buffer): Promise<gateway.SubmitRequest> {
  const { transient } = await market.cancellation(0, 5001, 5100);
  const transaction = await member.contract.newProposal('submit', { transientData: transient }).endorse();
  const envelope =
    gateway.PreparedTransaction.deserializeBinary(transaction.getBytes()).getEnvelope() ?? new common.Envelope();
  envelope.setSignature(signature);
  const request = new gateway.SubmitRequest();
  request.setChannelId(member.network.getName());
  request.setTransactionId(transaction.getTransactionId());
  request.setPreparedTransaction(envelope);
  return request;
}

function forgedStatus(member: Connection, channel: string): gateway.SignedCommitStatusRequest {
  const request = new gateway.CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId('0'.repeat(64));
  request.setIdentity(member.serialized);
  const signed = new gateway.SignedCommitStatusRequest();
  const bytes = encode(request);
  signed.setRequest(bytes);
  signed.setSignature(channel === member.network.getName() ? Buffer.from('no signature') : member.sign(bytes));
  return signed;
}

/** Two cancellations that touch one head, endorsed on the same state: the second to be ordered loses. */
const lostRace: Call = async ({ member, market }) => {
  const groups = await Promise.all([market.cancellation(0, 6001, 6100), market.cancellation(0, 6201, 6300)]);
  const transactions = await Promise.all(
    groups.map(({ transient }) => member.contract.newProposal('submit', { transientData: transient }).endorse()),
  );
  let last: number | undefined;
  for (const transaction of transactions) last = (await (await transaction.submit()).getStatus()).code;
  return last;
};

const CALLS: readonly (readonly [string, Call])[] = [
  ['the contract refuses to submit', submit('submit')],
  ['the contract refuses to evaluate', evaluate('head', 'nonsense')],
  ['the contract refuses what was done before', submit('init', 'x', 'y')],
  ['a function that is not there, submitted', submit('nothing')],
  ['a function that is not there, evaluated', evaluate('nothing')],
  ['too few arguments, submitted', submit('init')],
  ['too few arguments, evaluated', evaluate('head')],
  [
    'an unknown chaincode, evaluated',
    withoutResult(({ member }) => member.network.getContract('elsewhere').evaluateTransaction('x')),
  ],
  [
    'an unknown chaincode, submitted',
    withoutResult(({ member }) => member.network.getContract('elsewhere').submitTransaction('x')),
  ],
  [
    'an unknown channel, evaluated',
    withoutResult(({ member }) =>
      member.gateway.getNetwork('elsewhere').getContract('carbon').evaluateTransaction('x'),
    ),
  ],
  [
    'an unknown channel, submitted',
    withoutResult(({ member }) => member.gateway.getNetwork('elsewhere').getContract('carbon').submitTransaction('x')),
  ],
  [
    'private figures read by a stranger',
    withoutResult(({ stranger }) => stranger.contract.evaluateTransaction('figures', '0'.repeat(64))),
  ],
  [
    'private figures written by a stranger',
    withoutResult(async ({ stranger, market }) => {
      const { transient } = await market.report('U3');
      await stranger.contract.submit('submit', {
        transientData: transient,
        endorsingOrganizations: ['RegulatorMSP', 'EnterpriseMSP'],
      });
    }),
  ],
  [
    'the same proposal endorsed again after its commit',
    (clients) => afterCommit(clients, 3001, ({ proposal }) => clients.member.gateway.newProposal(proposal).endorse()),
  ],
  [
    'the same proposal evaluated again after its commit',
    (clients) => afterCommit(clients, 3101, ({ proposal }) => clients.member.gateway.newProposal(proposal).evaluate()),
  ],
  [
    'the same transaction submitted again after its commit',
    (clients) => afterCommit(clients, 3201, ({ transaction }) => transaction.submit()),
  ],
  [
    'a proposal with a forged signature',
    withoutResult(({ member }) => rawCall(member, 'Evaluate', forgedEvaluation(member))),
  ],
  [
    'a transaction with a forged signature',
    withoutResult(async ({ member, market }) =>
      rawCall(member, 'Submit', await forgedSubmission(member, market, Buffer.from('no signature'))),
    ),
  ],
  [
    'a transaction without a signature',
    withoutResult(async ({ member, market }) =>
      rawCall(member, 'Submit', await forgedSubmission(member, market, Buffer.alloc(0))),
    ),
  ],
  [
    'a question about a commit with a forged signature',
    withoutResult(({ member }) => rawCall(member, 'CommitStatus', forgedStatus(member, member.network.getName()))),
  ],
  [
    'a question about a commit on an unknown channel',
    withoutResult(({ member }) => rawCall(member, 'CommitStatus', forgedStatus(member, 'elsewhere'))),
  ],
  ['a lost race', lostRace],
  ['an unknown transaction', system('qscc', 'GetTransactionByID', 'audit', 'f'.repeat(64))],
  ['a block beyond the end', system('qscc', 'GetBlockByNumber', 'audit', '999999')],
  ['an unknown function of a system chaincode', system('qscc', 'Nothing', 'audit', 'x')],
  ['a system chaincode about an unknown channel', system('qscc', 'GetChainInfo', 'elsewhere')],
];

/** Asks everything in order; each answer as a client sees it. */
export async function askAll(clients: Clients): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [name, call] of CALLS) {
    try {
      const validation = await call(clients);
      answers.push({ name, code: 0, message: '', details: [], ...(validation === undefined ? {} : { validation }) });
    } catch (error) {
      answers.push(failure(name, error));
    }
  }
  return answers;
}
