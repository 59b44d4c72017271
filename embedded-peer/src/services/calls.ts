import type { Readable } from 'node:stream';
import { status, type handleUnaryCall, type ServerUnaryCall } from '@grpc/grpc-js';
import { RpcError, toRpcError } from './rpc-error';

/** A call that the client can give up: every server call of grpc-js. Cheaper than an AbortSignal for each of them. */
export interface Cancellable {
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
  off(event: 'cancelled', listener: () => void): unknown;
}

/** A unary handler whose every failure becomes a gRPC error: nothing a client sends can end the process. */
export function unary<Request, Response>(
  handle: (request: Request, call: Cancellable) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback) => {
    const answer = async (): Promise<Response> => handle(call.request, call);
    answer().then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback(toRpcError(error), null);
      },
    );
  };
}

/** What server streams and duplex streams of grpc-js have in common. */
export interface StreamCall<Response> extends Cancellable {
  write(message: Response): boolean;
  on(event: 'cancelled' | 'drain' | 'close', listener: () => void): unknown;
  off(event: 'cancelled' | 'drain' | 'close', listener: () => void): unknown;
  end(): unknown;
  emit(event: 'error', error: Error): unknown;
}

const goingOn = ['drain', 'close', 'cancelled'] as const;

/**
 * Waits when the client reads slower than the ledger writes, so that memory stays bounded. No listener outlives its wait: one
 * stream brings all blocks of a ledger.
 */
export async function send<Response>(call: StreamCall<Response>, message: Response): Promise<void> {
  if (call.cancelled || call.write(message)) return;
  let wake = (): void => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  for (const event of goingOn) call.on(event, wake);
  await woken;
  for (const event of goingOn) call.off(event, wake);
}

/**
 * The messages of a duplex call. Unlike iterating the call itself, reaching the end does not destroy the call, which
 * still has its status to send.
 */
export async function* messagesOf<Request>(call: Readable): AsyncGenerator<Request> {
  for await (const message of call.iterator({ destroyOnReturn: false })) yield message as Request;
}

/** Runs a streaming handler: an error ends the stream with its status, a client that has left ends it silently. */
export async function runStream<Response>(call: StreamCall<Response>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    call.end();
  } catch (error) {
    if (call.cancelled) call.end();
    // grpc-js turns the event into the status of the call; destroying the call would end it without one.
    else call.emit('error', toRpcError(error));
  }
}

export function invalidArgument(message: string): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, message);
}
