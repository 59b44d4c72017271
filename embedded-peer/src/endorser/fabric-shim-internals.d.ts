/**
 * The parts of fabric-shim that make a chaincode process: shipped without types and not exported. Imported with the
 * `.js` ending so that these declarations do not meet those of other workspaces.
 */
declare module 'fabric-shim/lib/stub.js' {
  import type { peer } from '@hyperledger/fabric-protos';
  import type { StubHandler } from './stub-handler';

  class ChaincodeStub {
    constructor(
      handler: StubHandler,
      channel: string,
      txId: string,
      input: peer.ChaincodeInput,
      signedProposal: peer.SignedProposal,
    );
    /** Set by `setEvent`. */
    readonly chaincodeEvent?: peer.ChaincodeEvent;
  }

  export = ChaincodeStub;
}

declare module 'fabric-shim/lib/iterators.js' {
  import type { peer } from '@hyperledger/fabric-protos';

  interface IteratorHandler {
    handleQueryStateNext(id: string, channel: string, txId: string): Promise<peer.QueryResponse>;
    handleQueryStateClose(id: string, channel: string, txId: string): Promise<peer.QueryResponse>;
  }

  export class StateQueryIterator {
    constructor(handler: IteratorHandler, channel: string, txId: string, response: peer.QueryResponse);
    close(): Promise<peer.QueryResponse>;
  }

  export class HistoryQueryIterator {
    constructor(handler: IteratorHandler, channel: string, txId: string, response: peer.QueryResponse);
    close(): Promise<peer.QueryResponse>;
  }
}

declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  import type { Contract } from 'fabric-contract-api';
  import type ChaincodeStub from 'fabric-shim/lib/stub.js';

  /** `message` on errors, `payload` on success. */
  interface ChaincodeResponse {
    readonly status: number;
    readonly message?: string;
    readonly payload?: Uint8Array;
  }

  class ChaincodeFromContract {
    constructor(
      contracts: (typeof Contract)[],
      serializers: { readonly transaction: string; readonly serializers: Readonly<Record<string, unknown>> },
      metadata: Record<string, unknown>,
      title: string,
      version: string,
    );
    Init(stub: ChaincodeStub): Promise<ChaincodeResponse>;
    Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse>;
  }

  export = ChaincodeFromContract;
}

declare module 'fabric-shim/lib/logger.js' {
  interface ShimLogger {
    /** winston's handler of uncaught exceptions. */
    readonly exceptions: { unhandle(): void };
    silent: boolean;
  }

  /** Loggers by name; `_` is the one that fabric-shim installs for the process. */
  export function getLogger(name: string): ShimLogger;
}

declare module 'fabric-contract-api/lib/logger.js' {
  export { getLogger } from 'fabric-shim/lib/logger.js';
}
