import { z } from 'zod';
import { assertKeyPossessed } from '../../submission/key-possession';
import { isLedgerError, type Fault, withArticle } from '../../errors';
import { canonicalize } from '../../canonical';
import { provinceOf } from '../../identifiers';
import type { PartyState } from '../../state/kinds';
import { isInRegion, isStanding, levelOf, partyKinds, partyKindTitles, type PartyKind } from '../authority';
import { usccSchema } from '../../records/fields';
import {
  contentFault,
  daySchema,
  instantSchema,
  numberSchema,
  regionSchema,
  textSchema,
  titled,
  titledChoice,
} from '../content';
import type { Effect } from '../effects';
import { identifierFaults } from '../party-identifiers';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';

const keySchema = z.strictObject({
  id: titled(z.string().regex(/^(?:0x[0-9a-f]{40}|sm2:[0-9a-f]{64})$/), 'Key id', '密钥标识'),
  suite: titled(z.enum(['eip712-secp256k1', 'sm2-sm3']), 'Signature suite', '签名算法'),
  /** Uncompressed point in hex; needed for sm2-sm3, where the signature does not give the key. */
  publicKey: titled(
    z
      .string()
      .regex(/^04[0-9a-f]{128}$/)
      .optional(),
    'Public key',
    '公钥',
  ),
  validFrom: titled(instantSchema, 'Valid from', '生效时间'),
  /** The first instant at which the key no longer signs; null while no end is set. */
  validTo: titled(instantSchema.nullable(), 'Valid to', '失效时间'),
  /** Nothing that it signed from this instant on is the party's word any more, however early it says to be signed. */
  compromisedSince: titled(instantSchema.optional(), 'Compromised since', '泄露起始时间'),
  /** The key's own signature over its registration for this party (docs/formats/submission.md): nobody registers another's key. */
  proof: titled(z.string().max(400), 'Proof of possession', '持有证明'),
});

const qualificationSchema = z.strictObject({
  kind: titled(z.enum(['CMA', 'CNAS']), 'Kind', '资质类型'),
  number: titled(numberSchema.min(3).max(40), 'Number', '证书编号'),
  scope: titled(z.array(z.string().max(40)).max(40), 'Scope', '能力范围'),
  validFrom: titled(daySchema.nullable(), 'Valid from', '有效期起'),
  validTo: titled(daySchema.nullable(), 'Valid to', '有效期止'),
});

export const partyContentSchema = z.strictObject({
  name: titled(textSchema, 'Name', '名称'),
  kind: titledChoice(partyKindTitles, 'Kind of party', '主体类别'),
  region: titled(regionSchema, 'Region (GB/T 2260)', '行政区划代码'),
  /** Where it moves to another province: asked by the old one here, accepted by the new one's next version. */
  movingTo: titled(regionSchema.optional(), 'Moving to', '拟迁入地区'),
  /** Fabric organisations whose gateways may submit for this party. */
  msps: titled(
    z
      .array(z.string().regex(/^[A-Za-z0-9.-]{1,60}$/))
      .min(1)
      .max(8),
    'Organisations that submit for it',
    '代为提交的组织',
  ),
  keys: titled(z.array(keySchema).min(1).max(16), 'Keys', '签名密钥'),
  qualifications: titled(z.array(qualificationSchema).max(10), 'Qualifications', '资质'),
  status: titledChoice(
    {
      active: { en: 'Active', zh: '正常' },
      suspended: { en: 'Suspended', zh: '暂停' },
      ended: { en: 'Ended', zh: '终止' },
    },
    'Status',
    '状态',
  ),
  /** Discharge permit, allowance account, CCER account: by the names of `party-identifiers.ts`. */
  identifiers: titled(
    z.record(z.string().regex(/^[a-zA-Z]{2,40}$/), numberSchema.max(80)).optional(),
    'Identifiers and accounts',
    '标识与账户',
  ),
  /** The group to which it belongs, by the name that all of its members give: R-D21, and the graph of the ledger. */
  group: titled(textSchema.optional(), 'Group', '所属集团'),
  /** Who owns a device. */
  owner: titled(usccSchema.optional(), 'Owner of the device', '设备所属单位'),
  /** Set on parties of a trial ledger: their keys can be derived by anybody. */
  trial: titled(z.literal(true).optional(), 'Trial party', '试用主体'),
});
export type PartyContent = z.infer<typeof partyContentSchema>;
export type PartyKey = PartyContent['keys'][number];

/** Authorities of provinces, the nation's own, and registries: the national authority alone registers them. */
const national: ReadonlySet<PartyKind> = new Set([
  'province-authority',
  'national-authority',
  'allowance-registry',
  'ccer-registry',
]);

const refused = (field: string, message: string): Fault => contentFault(field, message, {}, 'NOT_ALLOWED_TO_FILE');

/** Everything but what a party may change of itself: its keys. */
function fixedPart({ keys, ...rest }: PartyContent): string {
  return canonicalize({ ...rest, keys: keys.length > 0 });
}

/** Whether the issuer may register a party of this kind and region at all. */
function mayRegister({ issuer }: CheckInput<PartyContent>, kind: PartyKind, region: string): boolean {
  if (issuer.kind === 'national-authority') return true;
  return issuer.kind === 'province-authority' && !national.has(kind) && isInRegion(issuer, region);
}

/** The party changes its keys, with one of its old ones, and nothing else. It cannot undo what an authority said of a key. */
function ownFaults({ content }: ConditionInput<PartyContent>, standing: PartyState): Fault[] {
  const faults: Fault[] = [];
  if (fixedPart(content) !== fixedPart(standing.content))
    faults.push(refused('keys', 'a party changes its own keys and nothing else; the rest is its registrar’s'));
  for (const old of standing.content.keys) {
    const now = content.keys.find(({ id }) => id === old.id);
    if (isWider(old, now))
      faults.push(refused('keys', `the end of key ${old.id} stands: only its registrar changes it`));
  }
  return faults;
}

function isWider(old: PartyKey, now: PartyKey | undefined): boolean {
  // An end that was left out could be left open by the version after.
  if (now === undefined) return old.compromisedSince !== undefined || old.validTo !== null;
  if (old.compromisedSince !== undefined && old.compromisedSince !== now.compromisedSince) return true;
  return old.validTo !== null && (now.validTo === null || now.validTo > old.validTo);
}

/** A region changes only where the old province let the party go and the new one takes it, or by the national authority. */
function moveFaults(input: CheckInput<PartyContent>, standing: PartyContent): Fault[] {
  const { content, issuer } = input;
  if (content.region === standing.region || issuer.kind === 'national-authority') return [];
  if (isInRegion(issuer, standing.region) && isInRegion(issuer, content.region)) return [];
  const isAsked = standing.movingTo !== undefined && provinceOf(standing.movingTo) === provinceOf(content.region);
  return isAsked
    ? []
    : [refused('region', `its province has not asked for a move to ${content.region}: it files movingTo first`)];
}

function standingFaults(input: CheckInput<PartyContent>, standing: PartyState): Fault[] {
  const { content, issuer, record } = input;
  const { kind, region, movingTo } = standing.content;
  const faults: Fault[] = [];
  if (content.kind !== kind)
    faults.push(refused('kind', `${record.subject.uscc} is ${withArticle(kind)}, and stays one`));
  const isOfOld = mayRegister(input, kind, region);
  const isOfNew = movingTo !== undefined && content.region !== region && mayRegister(input, kind, content.region);
  if (!isOfOld && !isOfNew)
    faults.push(
      refused(
        'region',
        `${withArticle(kind)} of ${region} is changed by its own registrar, not by this ${issuer.kind}`,
      ),
    );
  return [...faults, ...moveFaults(input, standing.content)];
}

/** Judges what stands there as well as what is filed. */
async function registrarFaults(input: ConditionInput<PartyContent>): Promise<Fault[]> {
  const { record, content, issuer, state } = input;
  const { uscc } = record.subject;
  const standing = await state.get('party', uscc);
  const isSelf = uscc === record.issuer;
  if (isSelf && standing !== undefined && issuer.kind !== 'national-authority') return ownFaults(input, standing);
  const faults = standing === undefined ? [] : standingFaults(input, standing);
  if (faults.length > 0 || mayRegister(input, content.kind, content.region)) return faults;
  return [
    refused('kind', `${withArticle(content.kind)} of ${content.region} is registered by its province or nationally`),
  ];
}

function keyFaults({ content, record }: CheckInput<PartyContent>): Fault[] {
  return content.keys.flatMap((key, index) => {
    const place = `keys/${String(index)}`;
    if (content.keys.some(({ id }, at) => id === key.id && at < index))
      return [contentFault(place, 'a key stands there twice')];
    if (key.validTo !== null && key.validTo <= key.validFrom)
      return [contentFault(`${place}/validTo`, 'a key ends after it begins')];
    try {
      assertKeyPossessed(record.subject.uscc, key);
      return [];
    } catch (error) {
      if (isLedgerError(error)) return [contentFault(`${place}/proof`, error.message, {}, error.code)];
      throw error;
    }
  });
}

/** What is registered anew has names that the rules read. */
async function nameFaults({ content, record, state }: ConditionInput<PartyContent>): Promise<Fault[]> {
  const standing = await state.get('party', record.subject.uscc);
  return identifierFaults(content.kind, content.identifiers, standing?.content.identifiers);
}

/** A device speaks for the plant that owns it: whoever registers it must be able to register that plant too. */
async function deviceFaults(input: ConditionInput<PartyContent>): Promise<Fault[]> {
  const { content, record, state } = input;
  if (content.kind !== 'device')
    return content.owner === undefined ? [] : [contentFault('owner', 'only a device is owned')];
  if (content.owner === undefined) return [contentFault('owner', `${record.subject.uscc} is a device: name its owner`)];
  const owner = await state.get('party', content.owner);
  if (!isStanding(owner)) return [contentFault('owner', `${content.owner} is not registered`, {}, 'PARTY_UNKNOWN')];
  const { kind, region } = owner.content;
  if (kind !== 'enterprise')
    return [contentFault('owner', `${content.owner} is ${withArticle(kind)}: devices are of plants`)];
  const isOwn = record.subject.uscc === record.issuer;
  return isOwn || mayRegister(input, kind, region)
    ? []
    : [refused('owner', `${content.owner} is of ${region}: its own registrar registers its devices`)];
}

function statusFaults({ content, record, issuer }: CheckInput<PartyContent>): Fault[] {
  const isOwnEnd = record.subject.uscc === record.issuer && content.status !== 'active';
  return isOwnEnd && levelOf(issuer.kind) === 3
    ? [refused('status', 'the national authority does not end itself')]
    : [];
}

/** One key belongs to one party, for good. */
function keyClaims(content: PartyContent): Effect[] {
  return content.keys.map(({ id }, index) => ({
    do: 'claim',
    space: 'key',
    id,
    rule: 'one key, one party',
    field: `/content/keys/${String(index)}/id`,
  }));
}

/** A party: who it is, which keys speak for it and when. Its next version rotates or ends keys, suspends or ends it. */
export const party: RecordTypeSpec<PartyContent> = {
  type: 'party',
  title: { en: 'Party', zh: '主体登记' },
  content: partyContentSchema,
  filed: [
    { by: 'national-authority', as: 'party' },
    { by: 'province-authority', as: 'party' },
    ...partyKinds
      .filter((kind) => kind !== 'national-authority' && kind !== 'province-authority')
      .map((by) => ({ by, as: 'self' as const })),
  ],
  unit: 'none',
  period: 'none',
  process: 'registration',
  cites: () => [],
  effects: (input) => [...keyClaims(input.content), { do: 'register-party', content: input.content }],
  undo: ({ record }) => [{ do: 'end-party', uscc: record.subject.uscc }],
  check: (input) => [...statusFaults(input), ...keyFaults(input)],
  conditions: async (input) => [
    ...(await registrarFaults(input)),
    ...(await nameFaults(input)),
    ...(await deviceFaults(input)),
  ],
  example: {
    name: '（虚构）晋北示范发电有限公司',
    kind: 'enterprise',
    region: '140600',
    msps: ['EnterpriseMSP'],
    keys: [
      {
        id: `0x${'1'.repeat(40)}`,
        suite: 'eip712-secp256k1',
        validFrom: '2026-01-01T00:00:00Z',
        validTo: null,
        proof: `0x${'0'.repeat(130)}`,
      },
    ],
    qualifications: [],
    status: 'active',
    identifiers: {
      permitNo: '91140000MA0FAKE01X001P',
      allowanceAccountId: 'FIC-CEA-0000001',
      ccerAccountId: 'FIC-CCER-0000001',
    },
  },
};
