import { z } from 'zod';
import { contentFault, daySchema, instantSchema, textSchema } from './content';
import { partyKinds, recordType } from './spec';

const keySchema = z.strictObject({
  /** eip712-secp256k1: the lower-case address · sm2-sm3: `sm2:` and the SM3 digest of the public key. */
  id: z.string().regex(/^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$/),
  suite: z.enum(['eip712-secp256k1', 'sm2-sm3']),
  /** Uncompressed point in hex; needed for sm2-sm3, where the signature does not give the key. */
  publicKey: z
    .string()
    .regex(/^04[0-9a-f]{128}$/)
    .optional(),
  validFrom: instantSchema,
  /** The first instant at which the key no longer signs; null while no end is set. A revoked key gets its end here. */
  validTo: instantSchema.nullable(),
});

const qualificationSchema = z.strictObject({
  kind: z.enum(['CMA', 'CNAS']),
  number: z.string().min(3).max(40),
  scope: z.array(z.string().max(40)).max(40),
  validFrom: daySchema.nullable(),
  validTo: daySchema.nullable(),
});

export const partyContentSchema = z.strictObject({
  name: textSchema,
  kind: z.enum(partyKinds),
  /** GB/T 2260: six digits. */
  region: z.string().regex(/^[0-9]{6}$/),
  /** Fabric organisations whose gateways may submit for this party. */
  msps: z
    .array(z.string().regex(/^[A-Za-z0-9.-]{1,60}$/))
    .min(1)
    .max(8),
  keys: z.array(keySchema).min(1).max(16),
  qualifications: z.array(qualificationSchema).max(10),
  status: z.enum(['active', 'suspended']),
  /** Pollution discharge permit, allowance account, CCER account and the like. */
  identifiers: z.record(z.string().regex(/^[a-zA-Z]{2,40}$/), z.string().max(80)).optional(),
  /** Who owns a device. */
  owner: z.string().max(18).optional(),
  /** Set on parties of a trial ledger: their keys can be derived by anybody. */
  trial: z.literal(true).optional(),
});
export type PartyContent = z.infer<typeof partyContentSchema>;
export type PartyKey = PartyContent['keys'][number];

const authorities = new Set([
  'city-authority',
  'province-authority',
  'national-authority',
  'allowance-registry',
  'ccer-registry',
]);

/** A party: who it is, which keys speak for it and when. Filed by an authority; a new version rotates or ends keys. */
export const party = recordType<PartyContent>({
  type: 'party',
  title: { en: 'Party', zh: '主体登记' },
  content: partyContentSchema,
  filedBy: ['national-authority', 'province-authority'],
  labels: 'none',
  unit: 'none',
  period: 'none',
  about: 'any',
  cites: () => [],
  versions: 'direct',
  check: ({ content, record, issuer }) => {
    const faults = [];
    const inRegion = content.region.slice(0, 2) === issuer.region.slice(0, 2);
    if (issuer.kind !== 'national-authority' && (!inRegion || authorities.has(content.kind))) {
      faults.push(
        contentFault(
          'kind',
          `a ${issuer.kind} registers parties of its own region that are no authorities`,
          {},
          'NOT_ALLOWED_TO_FILE',
        ),
      );
    }
    if (new Set(content.keys.map((key) => key.id)).size !== content.keys.length) {
      faults.push(contentFault('keys', 'a key stands there twice'));
    }
    if (content.keys.some((key) => key.suite === 'sm2-sm3' && key.publicKey === undefined)) {
      faults.push(contentFault('keys', 'an sm2-sm3 key needs its publicKey'));
    }
    if (content.kind === 'device' && content.owner === undefined)
      faults.push(contentFault('owner', `${record.subject.uscc} is a device: name its owner`));
    return faults;
  },
});
