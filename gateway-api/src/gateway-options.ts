import type { Policy } from '@carbon-ledger/core';
import type { CosigningOptions } from './cosigning';
import type { GroupLimits } from './grouping/grouper';
import type { LimitOptions } from './http/limits/limits';
import type { WatchedCertificate } from './http/metrics';
import type { TlsPair } from './http/tls-pair';
import type { LedgerPort } from './ledger';
import type { WebhookOptions } from './webhooks/open-webhooks';
import type { OutsideConfig } from './witness';

export interface GatewayOptions {
  /** Whoever makes it closes it, after the gateway. */
  readonly ledger: LedgerPort;
  /** `projection/`, `keys/` and `guard/` are made in it. */
  readonly dataDir: string;
  readonly version: string;
  /**
   * Folder that all gateways of one organisation behind a balancer have in common: keys, challenges that were answered,
   * idempotency keys, webhooks. Each has a `dataDir` of its own beside it.
   */
  readonly sharedDir?: string | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 8080; 0 takes a free one. */
  readonly port?: number;
  /** Its own certificate and key: it is then reached by https. Without them it is, behind a proxy that ends TLS, by http. */
  readonly tls?: TlsPair | undefined;
  /** Other certificates that it shows, as to its peer; metrics tell when they end. */
  readonly certificates?: (() => readonly WatchedCertificate[]) | undefined;
  /** What people are told runs here: `embedded`, `fabric`. */
  readonly deployment?: string;
  /** Folder of the anti-rollback file; keep it on another disk or in another backup than the rest. */
  readonly guardDir?: string;
  /** Witnesses, a time-stamping authority, an outside chain; none by default. */
  readonly outside?: OutsideConfig | undefined;
  /** Cosign the log in this organisation's name, through the contract; not by default. */
  readonly cosigning?: CosigningOptions | undefined;
  /** Organisations that must have cosigned, as the policy asks of receipts; 0 (default) asks for none. */
  readonly quorum?: number | undefined;
  /** Told each policy that verifiers can pin: the first, and again when organisations register other keys. */
  readonly onPolicy?: ((policy: Policy) => void) | undefined;
  /**
   * How long a peer that holds fewer blocks than were read before is waited for at the start, in milliseconds; default 0,
   * right where the peer is one's own process and can only have been set back.
   */
  readonly peerWaitMs?: number | undefined;
  readonly grouping?: Partial<GroupLimits>;
  /** Shortest time between two checkpoints in milliseconds; default 10. */
  readonly checkpointIntervalMs?: number;
  /** What one client, and one party, may ask for. */
  readonly limits?: LimitOptions | undefined;
  /**
   * Addresses and networks (CIDR) of proxies whose word on the client's address is taken; default none: a client is then
   * the address that connects.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /**
   * What parties call this service, as `https://ledger.example`: a signature to sign in is taken for these names and no
   * others. Default: the loopback names, and the address that it listens on.
   */
  readonly publicUrls?: readonly string[] | undefined;
  /** The channel's orderers are processes of their own, which `/readyz` asks too; default false, as with the embedded peer. */
  readonly asksOrderers?: boolean | undefined;
  /** Where webhooks may go beside public addresses. */
  readonly webhooks?: WebhookOptions | undefined;
  /** Whole years that the log of private reads is kept; for ever without it. */
  readonly readLogYears?: number | undefined;
  /** pino level; default `info`. Lines go to stderr. */
  readonly logLevel?: string;
  /** Folder of the built console, served at `/`; without it, `/` is a plain page. */
  readonly siteDir?: string | undefined;
  readonly clock?: () => Date;
  /** How long requests under way may take when the service stops; default 5,000 ms. */
  readonly graceMs?: number;
  /** How long it goes on answering before that, while `/readyz` says NOT_READY: for a balancer to notice. Default 0. */
  readonly drainMs?: number | undefined;
}

export interface Gateway {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Resolves once the projection has caught up with the peer and a checkpoint is signed, or signing is refused. */
  readonly ready: Promise<void>;
  /**
   * To be pinned by whoever verifies receipts of this log. With a quorum, it grows while organisations register their
   * keys, and cannot be satisfied before enough of them have: `onPolicy` tells when.
   */
  readonly policy: Policy;
  /** pino level of the log; may be set while it runs. */
  logLevel: string;
  /** Whether the ledger's founder is a party of the trial, whose keys anybody can make. */
  readonly isTrial: () => Promise<boolean>;
  /**
   * Shows another certificate to who connects from now on; connections that stand go on.
   * @throws LedgerError BAD_FILE where it is none to be shown, USAGE where it was started without TLS; the one before stays
   */
  renewTls(pair: TlsPair): void;
  /** Ends requests under way, then stops; safe to call twice. */
  close(): Promise<void>;
}
