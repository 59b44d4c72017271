import * as grpc from '@grpc/grpc-js';
import { LedgerError, parseWireError } from '@carbon-ledger/core';
import { isPassing, notSent } from './outcome';

/** A peer's answer that is not the one that was asked for, as this client itself throws it. */
export class AnswerError extends Error {
  readonly status: number;

  constructor({ message, status }: { readonly message: string; readonly status: number }) {
    super(message);
    this.status = status;
  }
}

/** The contract's refusal; what else the peer answered; or that none did. */
export function evaluationError(error: unknown): LedgerError {
  const message = error instanceof Error ? error.message : String(error);
  const refusal = parseWireError(message);
  if (refusal !== undefined) return refusal;
  if (isAnswer(error, message)) return new LedgerError('INTERNAL', message, { cause: error });
  return new LedgerError('UNREACHABLE', 'The peer does not answer.', { cause: error });
}

/** This client keeps a status of gRPC in its message alone: `Error: 14 UNAVAILABLE: …`, one for each peer that was asked. */
const GRPC_STATUS = /\b(\d{1,2}) [A-Z_]{2,}:/g;
/** It cancels its other calls to a peer that has gone. */
const AWAY = new Set([grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED, grpc.status.CANCELLED].map(String));

function isAnswer(error: unknown, message: string): boolean {
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return true;
  return [...message.matchAll(GRPC_STATUS)].some(([, status = '']) => !AWAY.has(status));
}

export function endorsementError(message: string): LedgerError {
  return isPassing(message) ? notSent(new Error(message)) : new LedgerError('ENDORSEMENT_FAILED', message);
}

export function isUnknown(error: unknown): boolean {
  return error instanceof Error && /no such transaction|not found/i.test(error.message);
}
