import { isShimQuiet } from './quiet-shim';
import { peer } from '@hyperledger/fabric-protos';
import { JSONSerializer, type Contract } from 'fabric-contract-api';
import { getLogger as getApiLogger } from 'fabric-contract-api/lib/logger.js';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';
import { getLogger } from 'fabric-shim/lib/logger.js';
import ChaincodeStub from 'fabric-shim/lib/stub.js';
import type { StubHandler } from './stub-handler';

const SERIALIZERS = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
const VERSION = '1.0';

/** One call of the chaincode. */
export interface Invocation {
  readonly channel: string;
  readonly txId: string;
  readonly input: peer.ChaincodeInput;
  readonly signedProposal: peer.SignedProposal;
}

export interface InvocationResult {
  readonly response: peer.Response;
  readonly event: peer.ChaincodeEvent | undefined;
}

const API_LOGGERS = ['./lib/contract.js', './lib/jsontransactionserializer.js'];
const SHIM_LOGGERS = [
  'lib/chaincode.js',
  'lib/handler.js',
  'lib/iterators.js',
  'lib/stub.js',
  'contracts-spi/chaincodefromcontract.js',
  'contracts-spi/datamarshall.js',
];
/** winston formats what it does not print; on every state access that is a tenth of an endorsement. */
function silenceShim(): void {
  for (const name of SHIM_LOGGERS) getLogger(name).silent = isShimQuiet;
  for (const name of API_LOGGERS) getApiLogger(name).silent = isShimQuiet;
}

/**
 * A chaincode process survives its own uncaught errors because the peer cannot restart it. In a process that holds a
 * ledger an uncaught error must end the process, so the handlers that fabric-shim and fabric-contract-api install on
 * loading are taken out.
 */
function removeProcessHandlers(): void {
  getLogger('_').exceptions.unhandle();
  getApiLogger('_').exceptions.unhandle();
  for (const listener of process.listeners('unhandledRejection')) {
    if (listener.name === 'loggerUnhandledRejectionFn') process.removeListener('unhandledRejection', listener);
  }
}

/** The contracts of one chaincode, run by fabric-shim itself: what works here works in a chaincode process. */
export class ChaincodeHost {
  readonly name: string;
  readonly version = VERSION;
  readonly #chaincode: ChaincodeFromContract;

  constructor(name: string, contracts: readonly (typeof Contract)[]) {
    silenceShim();
    removeProcessHandlers();
    this.name = name;
    this.#chaincode = new ChaincodeFromContract([...contracts], SERIALIZERS, {}, name, VERSION);
  }

  async invoke(invocation: Invocation, handler: StubHandler): Promise<InvocationResult> {
    const { channel, txId, input, signedProposal } = invocation;
    const stub = new ChaincodeStub(handler, channel, txId, input, signedProposal);
    const {
      status,
      message = '',
      payload = new Uint8Array(),
    } = await this.#chaincode.Invoke(stub).finally(() => handler.finish());
    const response = new peer.Response();
    response.setStatus(status);
    response.setMessage(message);
    response.setPayload(payload);
    return { response, event: stub.chaincodeEvent };
  }
}
