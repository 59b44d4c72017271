import { peer } from '@hyperledger/fabric-protos';
import { JSONSerializer, type Contract } from 'fabric-contract-api';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';
import { getLogger, setLevel } from 'fabric-shim/lib/logger.js';
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

const LEVEL = 'CORE_CHAINCODE_LOGGING_LEVEL';

/**
 * fabric-shim logs every refusal of a contract to stdout at level error. Refusals are answers here, and stdout belongs
 * to the program; whoever debugs a contract sets CORE_CHAINCODE_LOGGING_LEVEL.
 */
function quietLogs(): void {
  if (process.env[LEVEL] !== undefined) return;
  setLevel('CRITICAL');
  process.env[LEVEL] = 'CRITICAL';
}

/**
 * A chaincode process survives its own uncaught errors because the peer cannot restart it. In a process that holds a
 * ledger an uncaught error must end the process, so the handlers that fabric-shim installs on loading are taken out.
 */
function removeProcessHandlers(): void {
  getLogger('_').exceptions.unhandle();
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
    quietLogs();
    removeProcessHandlers();
    this.name = name;
    this.#chaincode = new ChaincodeFromContract([...contracts], SERIALIZERS, {}, name, VERSION);
  }

  async invoke(invocation: Invocation, handler: StubHandler): Promise<InvocationResult> {
    const { channel, txId, input, signedProposal } = invocation;
    const stub = new ChaincodeStub(handler, channel, txId, input, signedProposal);
    const { status, message = '', payload = new Uint8Array() } = await this.#chaincode.Invoke(stub);
    await handler.finish();
    const response = new peer.Response();
    response.setStatus(status);
    response.setMessage(message);
    response.setPayload(payload);
    return { response, event: stub.chaincodeEvent };
  }
}
