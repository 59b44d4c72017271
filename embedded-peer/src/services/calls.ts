import { once } from 'node:events';
import { status, type handleUnaryCall, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import { RpcError, toRpcError } from './rpc-error';

interface Cancellable {
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** Aborts when the client goes away or its deadline passes. */
export function signalOf(call: Cancellable): AbortSignal {
  const controller = new AbortController();
  call.on('cancelled', () => {
    controller.abort();
  });
  if (call.cancelled) controller.abort();
  return controller.signal;
}

/** A unary handler whose every failure becomes a gRPC error: nothing a client sends can end the process. */
export function unary<Request, Response>(
  handle: (request: Request, signal: AbortSignal) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback) => {
    const answer = async (): Promise<Response> => handle(call.request, signalOf(call));
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

type Outgoing<Response> = Pick<ServerWritableStream<unknown, Response>, 'write'> & NodeJS.EventEmitter;

/** Waits when the client reads slower than the ledger writes, so that memory stays bounded. */
export async function send<Response>(call: Outgoing<Response>, message: Response, signal: AbortSignal): Promise<void> {
  if (call.write(message)) return;
  await once(call, 'drain', { signal });
}

/** What server streams and duplex streams of grpc-js have in common. */
interface StreamCall extends Cancellable {
  end(): unknown;
  destroy(error: Error): unknown;
}

/** Runs a streaming handler: an error ends the stream with its status, a client that has left ends it silently. */
export async function runStream(call: StreamCall, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = signalOf(call);
  try {
    await work(signal);
    call.end();
  } catch (error) {
    if (signal.aborted) call.end();
    else call.destroy(toRpcError(error));
  }
}

export function invalidArgument(message: string): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, message);
}
