import type { Fault } from '@carbon-ledger/core';
import type { FabricGatewayOptions, OrdererEndpoint, PeerEndpoint } from '../ledger';

export const DRIVERS = ['fabric-gateway', 'fabric-network'] as const;
export type Driver = (typeof DRIVERS)[number];

/** What a person says beside the file; it goes before what the file says. */
export interface ProfileAdditions {
  readonly driver?: string | undefined;
  readonly channel?: string | undefined;
  readonly chaincode?: string | undefined;
  /** PEM files, relative to the working directory. */
  readonly certificate?: string | undefined;
  readonly privateKey?: string | undefined;
  /** MSP ids of the organisations that are asked to endorse. */
  readonly endorsers?: readonly string[] | undefined;
}

/** How one organisation reaches a channel: its own peers, the preferred one first, and its identity. */
export interface FabricProfile extends FabricGatewayOptions {
  readonly driver: Driver;
  /** The common connection profile that was read, with every certificate written in; the second driver works from it. */
  readonly connectionProfile?: Readonly<Record<string, unknown>>;
  /** The profile, and every file that was read for it. */
  readonly files: readonly string[];
}

/** Reads one file that a profile names, as text or bytes; collects what cannot be read instead of ending at the first. */
export interface ProfileFiles {
  readonly faults: Fault[];
  /** @param path JSON pointer of the place that names the file */
  read(name: string, path: string): Promise<Buffer>;
}

/** What every kind of profile comes to, before it is known to be whole. */
export interface ReadProfile {
  readonly mspId: string | undefined;
  readonly channel: string | undefined;
  readonly chaincode: string | undefined;
  readonly driver: string | undefined;
  readonly endorsers: readonly string[] | undefined;
  readonly certificate: Uint8Array | undefined;
  readonly privateKey: Uint8Array | undefined;
  readonly peers: readonly PeerEndpoint[];
  /** Of other organisations. */
  readonly archives: readonly PeerEndpoint[];
  /** Of the channel, as far as the profile names them. */
  readonly orderers: readonly OrdererEndpoint[];
  readonly connectionProfile?: Readonly<Record<string, unknown>>;
}
