import {
  fromHex,
  keyPossessionDigest,
  recordTypes,
  sha256,
  toHex,
  usccCheckDigit,
  type BuiltRecord,
  type PartyContent,
  type RecordDraft,
  type RecordType,
} from '@carbon-ledger/core';
import {
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
  type TrialParty,
} from '@carbon-ledger/plant-year/trial';
import { build, enterprise, msp, TrialWorld } from '../support/trial-world';

const nation = trialNationalAuthority.uscc;
export const shanxi = trialProvinceAuthority('140000').uscc;

export function party(first17: string, kind: TrialParty['kind'], region: string): TrialParty {
  const uscc = first17 + usccCheckDigit(first17);
  return { uscc, name: `（虚构）${kind}`, kind, region };
}

/** Everybody who has no business with the plant of 140600, and some who have. */
export const others = {
  guangdong: trialProvinceAuthority('440000'),
  city: party('11140600MA0TRYB01', 'city-authority', '140600'),
  guangzhou: party('11440100MA0TRYB02', 'city-authority', '440100'),
  plant: party('91440100MA0TRYB03', 'enterprise', '440100'),
  shenzhen: trialProvinceAuthority('440300'),
  plantOfShenzhen: party('91440300MA0TRYB22', 'enterprise', '440300'),
  xinjiang: trialProvinceAuthority('650000'),
  plantOfCorps: party('91659001MA0TRYB23', 'enterprise', '659001'),
  idleLab: party('91140100MA0TRYB04', 'lab', '140100'),
  idleVerifier: party('91110000MA0TRYB05', 'verifier', '110000'),
  preparer: party('91140100MA0TRYB06', 'preparer', '140100'),
  inspector: party('12140000MA0TRYB07', 'inspector', '140000'),
  idleInspector: party('12140000MA0TRYB08', 'inspector', '140000'),
  suspended: party('91140100MA0TRYB09', 'lab', '140100'),
  ended: party('91140100MA0TRYB10', 'lab', '140100'),
} as const;

type Draft = Partial<Omit<RecordDraft, 'type'>>;

/** A record of a type as its example has it, in somebody's name and about the plant where nothing else is said. */
export function filing(type: RecordType, issuer: string, draft: Draft = {}): BuiltRecord {
  const { number, labels } = recordTypes[type];
  const required =
    labels?.required === true ? `${type}.${labels.names === 'any' ? 'x' : (labels.names[0] ?? 'x')}` : type;
  const example = recordTypes[type].example as Readonly<Record<string, unknown>>;
  return build({
    ...{ type, issuer, kind: number === true ? `${type}.1` : required },
    ...{ subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' }, ...draft },
    content: { ...example, ...draft.content },
  });
}

/** The party's next registration, as somebody files it. */
export function registration(of: TrialParty, issuer: string, change: Partial<PartyContent>, version = 2): BuiltRecord {
  const { record } = trialPartyRecord(of, issuer, [msp]);
  return build({
    ...{ type: 'party', issuer, subject: record.subject, version },
    content: { ...record.content, ...change },
  });
}

/** A device with its own key, registered as its plant's. */
export function device(first17: string, region: string, owner: string, issuer: string): BuiltRecord {
  const one = party(first17, 'device', region);
  return registration(one, issuer, { owner }, 1);
}

const seed = '5e'.repeat(32);

/** An inspection of the plant's 2024, from plan to opening. */
function inspection(): [plan: BuiltRecord, open: BuiltRecord] {
  const common = {
    ...{ basis: '专项监督执法', frame: [enterprise.uscc], size: 1, rule: 'lowest-hash' },
    commitment: toHex(sha256(fromHex(seed))),
  };
  const draft = { kind: 'inspection.1', subject: { uscc: shanxi, unit: '-', period: '2025' } };
  const plan = filing('inspection', shanxi, { ...draft, content: { stage: 'plan', ...common } });
  const inspectors = ['A', 'B'].map((role) => ({ role, party: others.inspector.uscc }));
  const opened = { covered: [{ uscc: enterprise.uscc, years: ['2024'] }], inspectors, papers: ['7号'], seed };
  const content = { stage: 'open', ...common, ...opened };
  return [plan, filing('inspection', shanxi, { ...draft, version: 2, cites: { plan: [plan] }, content })];
}

const words = new TrialWorld();
const receipt = words.receipt();
const [plan, open] = inspection();
const second = words.receipt('2024-02', '2024-03-04');
const opened = words.report(second, {
  received: '2024-03-04',
  testStart: '2024-03-05',
  testEnd: '2024-03-08',
  issued: '2024-03-11',
});

/** What stands on the ledger beside parties, units and engagements. */
export const standing = {
  ...{ receipt, report: words.report(receipt), inspection: open },
  /** A report that waits for its next version. */
  opened,
  device: device('91140600MA0TRYB20', '140600', enterprise.uscc, shanxi),
  elsewhere: device('91440100MA0TRYB21', '440100', others.plant.uscc, others.guangdong.uscc),
};

/** A ledger in memory with the plant's January, an inspection of its year, and everybody else registered. */
export async function openMarket(): Promise<TrialWorld> {
  const world = await TrialWorld.open();
  await world.anchor(Object.values(others).map((one) => trialPartyRecord(one, nation, [msp])));
  await world.anchor([standing.receipt, standing.report, second, opened]);
  await world.anchor([words.supersession(opened)]);
  for (const one of [standing.device, standing.elsewhere, plan, open]) await world.anchor([one]);
  await world.anchor([
    registration(others.suspended, nation, { status: 'suspended' }),
    registration(others.ended, nation, { status: 'ended' }),
  ]);
  return world;
}

/** A key of the thief's, with its proof for somebody else's registration. */
export function thiefKey(uscc: string): PartyContent['keys'][number] {
  const signer: { readonly keyId: string; sign(digest: Uint8Array): string } = trialSigner('thief');
  const proof = signer.sign(keyPossessionDigest(uscc, signer.keyId));
  return { id: signer.keyId, suite: 'eip712-secp256k1', validFrom: '2020-01-01T00:00:00Z', validTo: null, proof };
}
