import { formatVkey, noteSigner, type VerifierKey } from '@carbon-ledger/core';
import { hashOfOrigin, parseOutsideConfig, type OutsideConfig } from '@carbon-ledger/gateway-api';
import { startWitnessOf, type RunningWitness } from '../../gateway-api/src/witness/testing/witness-server';

/** A genuine witness on a machine that the attacker does not own. */
export interface OutsideWitness extends RunningWitness {
  readonly key: VerifierKey;
  /** For a gateway that takes its checkpoints there. */
  readonly config: OutsideConfig;
  /** Resolves once it has cosigned this size. */
  hasSeen(size: bigint): Promise<void>;
}

export async function startOutsideWitness(logKey: VerifierKey): Promise<OutsideWitness> {
  const signer = noteSigner('witness.example', 'cosignature-v1', new Uint8Array(32).fill(9));
  const running = await startWitnessOf(logKey, signer);
  const { url, store } = running;
  const hasSeen = async (size: bigint): Promise<void> => {
    // Asked over HTTP: each turn lets the service do its part.
    await fetch(`${url}/${hashOfOrigin(logKey.name)}/checkpoint`);
    if (((await store.latest(logKey.name))?.size ?? 0n) < size) await hasSeen(size);
  };
  const witnesses = { quorum: 1, list: [{ key: formatVkey(signer.key), url }] };
  return { ...running, key: signer.key, config: parseOutsideConfig({ witnesses }), hasSeen };
}
