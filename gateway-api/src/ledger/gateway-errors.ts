import * as grpc from '@grpc/grpc-js';
import { EndorseError, GatewayError, type ErrorDetail } from '@hyperledger/fabric-gateway';
import { LedgerError, parseWireError } from '@carbon-ledger/core';
import type { Answer } from './endorsement';
import { isPassing, notSent } from './outcome';

/** Before sending, every failure is harmless: the contract's refusal, no answer from the peer, or no endorsement. */
export function endorsementError(error: unknown): LedgerError {
  const refusal = error instanceof GatewayError ? refusalIn(error) : undefined;
  if (refusal !== undefined) return refusal;
  if (!(error instanceof EndorseError) || isUnreachable(error) || isPassing(messageOf(error))) return notSent(error);
  return new LedgerError('ENDORSEMENT_FAILED', messageOf(error), { cause: error });
}

export function evaluationError(error: unknown): LedgerError {
  const refusal = error instanceof GatewayError ? refusalIn(error) : undefined;
  if (refusal !== undefined) return refusal;
  if (error instanceof GatewayError && !isUnreachable(error)) {
    return new LedgerError('INTERNAL', messageOf(error), { cause: error });
  }
  if (error instanceof GatewayError && error.cause.details.includes(NO_CHANNEL)) return channelLost(error);
  return new LedgerError('UNREACHABLE', 'The peer does not answer.', { cause: error });
}

/** A peer's words, in which it answers as if it were away, where it does not have the channel. */
const NO_CHANNEL = 'could not get last config for channel';

/** To a client it is as good as away; whoever mends it looks at another place. */
function channelLost(cause: GatewayError): LedgerError {
  const message = 'The peer answers, but does not have the channel.';
  return new LedgerError('UNREACHABLE', message, { details: { missing: 'channel' }, cause });
}

function refusalIn(error: GatewayError): LedgerError | undefined {
  const texts = [...error.details.map((detail: ErrorDetail) => detail.message), error.cause.details];
  return texts.map(parseWireError).find((refusal) => refusal !== undefined);
}

/** The peer's gateway marks what the contract itself said, which others would say too. */
const CONTRACT_ANSWER = /^chaincode response \d+/;

function isContractAnswer(error: GatewayError): boolean {
  return (
    refusalIn(error) !== undefined ||
    error.details.some((detail) => CONTRACT_ANSWER.test(detail.message)) ||
    error.cause.details.includes('chaincode response ')
  );
}

/** What a contract's error says of it: any word of its own will do, a refusal too. */
export function answerIn(error: unknown): Answer {
  if (!(error instanceof GatewayError)) return 'fails';
  if (isContractAnswer(error)) return 'answers';
  return error.code === grpc.status.DEADLINE_EXCEEDED.valueOf() ? 'silent' : 'fails';
}

/** Fabric's words where no peer of one's own organisation has the contract. */
const NOBODY_HERE = "no endorsers found in the gateway's organization";

/** Organisations whose peers did not endorse, for another reason than that the contract says no or that it will pass. */
export function blamedFor(error: unknown, ownMsp: string): readonly string[] {
  if (!(error instanceof GatewayError) || isContractAnswer(error) || isPassing(messageOf(error))) return [];
  if (error.cause.details.includes(NOBODY_HERE)) return [ownMsp];
  return [...new Set(error.details.map(({ mspId }) => mspId))];
}

export function isAway(error: unknown): boolean {
  return error instanceof GatewayError && isUnreachable(error);
}

/** Nobody is there, which is more than nobody answering in time. */
export function isGone(error: unknown): boolean {
  return error instanceof GatewayError && error.code === grpc.status.UNAVAILABLE.valueOf();
}

function isUnreachable(error: GatewayError): boolean {
  return error.code === grpc.status.UNAVAILABLE.valueOf() || error.code === grpc.status.DEADLINE_EXCEEDED.valueOf();
}

export function isUnknownTransaction(error: GatewayError): boolean {
  return /no such transaction|not found|entry not found/i.test(messageOf(error));
}

function messageOf(error: GatewayError): string {
  return error.details[0]?.message ?? error.cause.details;
}
