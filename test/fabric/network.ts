import { credentials, Client, type ClientOptions } from '@grpc/grpc-js';
import { common, msp } from '@hyperledger/fabric-protos';
import { connect, hash, type Contract, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SigningIdentity } from '../../embedded-peer/src/identity/signing-identity';
import type { OrdererPlan, OrganisationPlan, PeerPlan } from '../../network/src/layout';
import { genesisHash } from '../../network/src/fabric/genesis';
import { resumeSession, type Session } from '../../network/src/session';

const LARGE: ClientOptions = {
  'grpc.max_receive_message_length': 100 * 1024 * 1024,
  'grpc.max_send_message_length': 100 * 1024 * 1024,
};

/** A network of this project that is up, as its tests and its recorder see it: every key of it lies in its state folder. */
export class TestNetwork {
  readonly session: Session;

  constructor(stateRoot: string, say: (line: string) => void = () => undefined) {
    const home = join(process.cwd(), 'network');
    this.session = resumeSession({ home, stateRoot, topologyFile: join(home, 'topology.yaml') }, say);
  }

  get channel(): string {
    return this.session.layout.topology.channel;
  }

  get chaincode(): string {
    return this.session.layout.topology.chaincode.name;
  }

  organisation(name: string): OrganisationPlan {
    const found = this.session.layout.organisations.find((organisation) => organisation.name === name);
    if (!found) throw new Error(`there is no organisation ${name}`);
    return found;
  }

  /** The organisation's user, whose certificate says `client`. */
  user(name: string): SigningIdentity {
    const { mspId, userDir } = this.organisation(name);
    return this.#identity(mspId, userDir);
  }

  /** The organisation's first peer: with its key an endorsement can be made by hand. */
  peer(name: string): SigningIdentity {
    const { mspId, peers } = this.organisation(name);
    return this.#identity(mspId, peers[0].cryptoDir);
  }

  orderer(name: string): SigningIdentity {
    const orderer = this.session.layout.orderers.find(({ id }) => id.startsWith(`${name}.`));
    if (!orderer) throw new Error(`there is no orderer ${name}`);
    return this.#identity(orderer.mspId, orderer.cryptoDir);
  }

  client(node: PeerPlan | OrdererPlan): Client {
    const root = readFileSync(join(this.session.state.crypto, node.cryptoDir, 'tls', 'ca.crt'));
    const options = { ...LARGE, 'grpc.ssl_target_name_override': node.id };
    return new Client(`127.0.0.1:${node.port}`, credentials.createSsl(root), options);
  }

  connect(name: string): Connection {
    return new Connection(this.client(this.organisation(name).peers[0]), this.user(name), this.channel, this.chaincode);
  }

  /** Hex hash of the channel's first block: the ledger's id. */
  get genesisHash(): string {
    return genesisHash(readFileSync(this.session.state.genesisBlock));
  }

  /** Number of blocks that the organisation's first peer holds. */
  async height(name: string): Promise<number> {
    const connection = this.connect(name);
    try {
      const info = await connection.network.getContract('qscc').evaluateTransaction('GetChainInfo', this.channel);
      return common.BlockchainInfo.deserializeBinary(info).getHeight();
    } finally {
      connection.close();
    }
  }

  /** A block as the peer gives it out; waits until it is there. */
  async block({ network }: Connection, number: number): Promise<common.Block> {
    const events = await network.getBlockEvents({ startBlock: BigInt(number) });
    try {
      for await (const block of events) return block;
    } finally {
      events.close();
    }
    throw new Error(`block ${String(number)} did not come`);
  }

  #identity(mspId: string, directory: string): SigningIdentity {
    const msp = join(this.session.state.crypto, directory, 'msp');
    const only = (folder: string): string => {
      const [name = ''] = readdirSync(join(msp, folder));
      return readFileSync(join(msp, folder, name), 'utf8');
    };
    return new SigningIdentity(mspId, { certificate: only('signcerts'), privateKey: only('keystore') });
  }
}

function certificateOf(identity: SigningIdentity): Uint8Array {
  return msp.SerializedIdentity.deserializeBinary(identity.serialized).getIdBytes_asU8();
}

/** The unmodified fabric-gateway client in the name of one identity. */
export class Connection {
  readonly client: Client;
  readonly gateway: Gateway;
  readonly network: Network;
  readonly contract: Contract;
  readonly #identity: SigningIdentity;

  constructor(client: Client, identity: SigningIdentity, channel: string, chaincode: string) {
    this.client = client;
    this.#identity = identity;
    this.gateway = connect({
      client,
      identity: { mspId: identity.mspId, credentials: certificateOf(identity) },
      signer: (message) => Promise.resolve(identity.sign(message)),
      hash: hash.none,
    });
    this.network = this.gateway.getNetwork(channel);
    this.contract = this.network.getContract(chaincode);
  }

  get serialized(): Buffer {
    return this.#identity.serialized;
  }

  sign(bytes: Uint8Array): Buffer {
    return this.#identity.sign(bytes);
  }

  close(): void {
    this.gateway.close();
    this.client.close();
  }
}
