import { z } from 'zod';

const duration = z.string().regex(/^\d+(ms|s|m|h)$/, 'a duration such as 200ms, 5s or 3m is wanted');
const bytes = z.string().regex(/^\d+ (KB|MB)$/, 'a size such as 512 KB or 64 MB is wanted');
const port = z.int().min(1024, 'ports below 1024 need root').max(65_535);
const hostLabel = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and hyphens, a letter first');
const organisationName = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9]{0,30}$/, 'letters and digits, a capital first (the MSP id is made of it)');

const peer = z.strictObject({ name: hostLabel, port });

/** An address that others reach a machine by; TLS certificates name it. */
const machine = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'a host name or an IPv4 address');

const organisationSchema = z.strictObject({
  name: organisationName,
  host: machine.optional(),
  peers: z.array(peer).min(1, 'an organisation needs a peer'),
  chaincodePort: port,
  gatewayPort: port,
});

const endorsement = z.strictObject({
  mandatory: organisationName,
  others: z.int().min(0),
});

const collection = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_-]+$/, 'letters, digits, _ and -'),
  members: z.array(organisationName).min(1),
  requiredPeerCount: z.int().min(0),
  maxPeerCount: z.int().min(0),
  blockToLive: z.int().min(0),
  memberOnlyRead: z.boolean(),
  memberOnlyWrite: z.boolean(),
  endorsement,
});

const ordering = z.strictObject({
  consensus: z.enum(['bft', 'raft']),
  batch: z.strictObject({
    maxMessages: z.int().min(1).max(5_000),
    timeout: duration,
    absoluteMaxBytes: bytes,
    preferredMaxBytes: bytes,
  }),
  bft: z.strictObject({
    requestForwardTimeout: duration,
    requestComplainTimeout: duration,
    leaderHeartbeatTimeout: duration,
    viewChangeTimeout: duration,
    requestPoolSize: z.int().min(1, 'SmartBFT refuses an empty pool'),
  }),
  raft: z.strictObject({ tickInterval: duration, electionTick: z.int().min(2) }),
  orderers: z
    .array(
      z.strictObject({
        /** The consenter's number; its place in the list where it is not said. */
        id: z.int().min(1).optional(),
        name: hostLabel,
        organisation: organisationName,
        port,
      }),
    )
    .min(1),
  /** The last number that was given out, also to one that orders no more. */
  lastId: z.int().min(1).optional(),
});

const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'a full version such as 3.1.5 is wanted');

/** The shape of topology.yaml after profiles were laid over it; `check.ts` holds what a shape cannot say. */
export const topologySchema = z.strictObject({
  name: hostLabel,
  channel: z.string().regex(/^[a-z][a-z0-9.-]{0,248}$/, 'lower-case letters, digits, dots and hyphens'),
  domain: z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'a DNS domain in lower case'),
  identities: z.enum(['cryptogen', 'ca']),
  fabric: z.strictObject({ release: version, ca: version, registry: z.string().min(1) }),
  ordering,
  organisations: z.array(organisationSchema).min(1),
  chaincode: z.strictObject({
    name: z.string().regex(/^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/, 'letters and digits, joined by - or _'),
    services: z.enum(['each', 'shared']),
    endorsement,
    collections: z.array(collection),
  }),
});

export type Topology = z.infer<typeof topologySchema>;
export type Endorsement = z.infer<typeof endorsement>;
