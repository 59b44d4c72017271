import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { encode } from '../proto/bytes';

const DETAILS_KEY = 'grpc-status-details-bin';
const DETAIL_TYPE = 'type.googleapis.com/gateway.ErrorDetail';

/**
 * A gRPC error travels in HTTP/2 trailers, and Node's HTTP/2 takes 64 KiB of them: beyond that the call would never
 * end. The details go out in base64 (4 bytes for 3), the message percent-encoded (at worst 3 for 1).
 */
const MAX_DETAIL_BYTES = 36_000;
const MAX_MESSAGE_BYTES = 4_000;
const CUT = ' … (cut)';

/** Cuts at a character, so that the rest is still text. */
function atMost(bytes: number, text: string): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const kept = Buffer.from(text).subarray(0, bytes - Buffer.byteLength(CUT));
  return `${kept.toString().replace(/\uFFFD+$/, '')}${CUT}`;
}

/** What one peer or orderer said. */
export interface ErrorDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

function detailMessage({ address, mspId, message }: ErrorDetail): Any {
  const detail = new gateway.ErrorDetail();
  detail.setAddress(address);
  detail.setMspId(mspId);
  detail.setMessage(atMost(MAX_DETAIL_BYTES, message));
  const any = new Any();
  any.setTypeUrl(DETAIL_TYPE);
  any.setValue(detail.serializeBinary());
  return any;
}

/** A gRPC error with `google.rpc.Status` details, as Fabric's gateway answers; fabric-gateway shows them as `error.details`. */
export class RpcError extends Error implements ServiceError {
  override readonly name = 'RpcError';
  readonly code: status;
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(code: status, message: string, details: readonly ErrorDetail[] = []) {
    const brief = atMost(MAX_MESSAGE_BYTES, message);
    super(brief);
    this.code = code;
    this.details = brief;
    if (details.length === 0) return;
    const rpcStatus = new google.rpc.Status();
    rpcStatus.setCode(code);
    rpcStatus.setMessage(brief);
    rpcStatus.setDetailsList(details.map(detailMessage));
    this.metadata.set(DETAILS_KEY, encode(rpcStatus));
  }
}

/** Anything thrown, as a gRPC error; what was not foreseen is INTERNAL and keeps the service alive. */
export function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new RpcError(status.INTERNAL, message);
}
