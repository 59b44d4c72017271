import { openProvider, translated } from './evm-client';
import { CHECKPOINT_WITNESS_ABI, readContractArtefact } from './evm-contract';

export interface DeployOptions {
  /** JSON-RPC of a node over HTTP or HTTPS. */
  readonly url: string;
  /** EIP-155 chain id, decimal: a node of another chain is refused before anything is paid. */
  readonly chainId: string;
  /** Key of the account that deploys, and that alone may post; 32 bytes in hex with `0x`. */
  readonly privateKey: string;
  /** Milliseconds between looks whether it is mined; 4 s if not given. */
  readonly pollingMs?: number;
}

/** What the configuration of the chain needs (docs/formats/witness.md). */
export interface DeployedContract {
  readonly chainId: string;
  /** Lower-case address. */
  readonly contract: string;
  /** Lower-case address of the account that may post. */
  readonly poster: string;
}

/**
 * Puts the contract that witnesses checkpoints on a chain, and waits until it is mined.
 * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED
 */
export async function deployWitnessContract(options: Readonly<DeployOptions>): Promise<DeployedContract> {
  const { ContractFactory, Wallet } = await import('ethers');
  const provider = await openProvider(options);
  try {
    return await translated(async () => {
      const wallet = new Wallet(options.privateKey, provider);
      const factory = new ContractFactory(CHECKPOINT_WITNESS_ABI, readContractArtefact().bytecode, wallet);
      const contract = await factory.deploy(wallet.address);
      await contract.waitForDeployment();
      const address = (await contract.getAddress()).toLowerCase();
      return { chainId: options.chainId, contract: address, poster: wallet.address.toLowerCase() };
    });
  } finally {
    provider.destroy();
  }
}
