import { labelOf, partyKinds, processes, recordTypes, type FilingRule, type PartyKind, type ProcessName } from '.';
import { recordTypeNames, type LedgerRecord, type RecordType } from '../records';
import type { EngagementRoster, PartyState } from '../state';
import { filingFaults } from './authority';
import { isFiling } from './processes';
import { mayStep } from './testing/steps';

const authorities = ['city-authority', 'province-authority', 'national-authority'] as const;

/** Who may file what, written a second time by hand: kind and relation, and for which labels where not for all. */
const mayFile: Readonly<Record<RecordType, readonly string[]>> = {
  party: [
    'national-authority party',
    'province-authority party',
    ...others('national-authority', 'province-authority'),
  ],
  methodology: ['national-authority self'],
  parameter: ['national-authority self'],
  'rule-edition': ['national-authority self'],
  'rule-set': ['national-authority self'],
  'emitter-list': ['province-authority self'],
  facility: ['enterprise self'],
  engagement: ['enterprise self testing preparation', 'province-authority region verification'],
  'quality-control-plan': ['enterprise self'],
  'sample-receipt': ['lab engaged'],
  'test-report': ['lab engaged'],
  'monthly-evidence': ['enterprise self'],
  review: ['city-authority region city', 'province-authority region province', 'national-authority nation national'],
  'annual-report': ['enterprise self'],
  nonconformity: ['verifier engaged'],
  'nonconformity-response': ['enterprise self'],
  'verification-conclusion': ['verifier engaged'],
  'working-days': ['national-authority self'],
  'verifier-assessment': ['province-authority self'],
  'emission-factor': ['national-authority self'],
  'product-footprint': ['enterprise self'],
  objection: ['enterprise self'],
  decision: ['province-authority region'],
  inspection: authorities.map((kind) => `${kind} self`),
  finding: ['inspector party', 'city-authority region', 'province-authority region', 'national-authority nation'],
  handover: authorities.map((kind) => `${kind} self`),
  rectification: ['enterprise self', 'lab self', 'verifier self'],
  closure: authorities.map((kind) => `${kind} self`),
  'self-inspection': ['enterprise self enterprise', 'verifier self verifier'],
  'screening-result': [
    'enterprise self',
    'city-authority region',
    'province-authority region',
    'national-authority nation',
  ],
  explanation: ['enterprise self'],
  'unit-change': ['enterprise self'],
  'device-batch': ['enterprise self', 'device party'],
  disclosure: ['enterprise self'],
  'allowance-issuance': ['province-authority region'],
  'allowance-credit': ['allowance-registry registry'],
  'allowance-transfer': ['allowance-registry registry'],
  'offset-application': ['enterprise self'],
  'offset-confirmation': ['province-authority region'],
  'ccer-lot': ['ccer-registry self'],
  'ccer-cancellation': ['ccer-registry registry'],
  'ccer-reversal': ['ccer-registry registry'],
  'ccer-freeze': ['ccer-registry registry'],
  'ccer-release': ['ccer-registry registry'],
  'ccer-sync': ['allowance-registry registry'],
  surrender: ['allowance-registry registry'],
  'offset-booking': ['allowance-registry registry'],
  reconciliation: ['ccer-registry self', 'allowance-registry self', 'province-authority self'],
  clearing: ['province-authority region'],
  default: ['province-authority region'],
  benchmark: ['national-authority self'],
  supersession: partyKinds.filter((kind) => kind !== 'device').map((kind) => `${kind} party`),
  revocation: partyKinds.filter((kind) => kind !== 'device').map((kind) => `${kind} party`),
};

function others(...but: PartyKind[]): string[] {
  return partyKinds.filter((kind) => !but.includes(kind)).map((kind) => `${kind} self`);
}

const FILER = '11140000MA0TRYA04Q';
const SUBJECT = '91140000MA0FAKE01X';
const regions = { city: '140600', province: '140700', elsewhere: '440300', nation: '000000' } as const;
const subjects = ['active', 'suspended', 'ended', 'unregistered'] as const;

interface Situation {
  readonly kind: PartyKind;
  readonly region: keyof typeof regions;
  readonly isSelf: boolean;
  readonly isEngaged: boolean;
  readonly subject: (typeof subjects)[number];
}

function* situations(): Generator<Situation> {
  for (const kind of partyKinds)
    for (const region of Object.keys(regions) as (keyof typeof regions)[])
      for (const isSelf of [true, false])
        for (const isEngaged of [true, false])
          for (const subject of subjects) yield { kind, region, isSelf, isEngaged, subject };
}

/** A province answers for all of its cities. */
function regionOf(kind: PartyKind, region: keyof typeof regions): string {
  return kind === 'province-authority' ? `${regions[region].slice(0, 2)}0000` : regions[region];
}

function stateOf(kind: PartyKind, region: string, status: 'active' | 'suspended' | 'ended'): PartyState {
  const content = { name: 'x', kind, region, msps: ['M'], keys: [], qualifications: [], status };
  return { record: 'rec:', version: 1, content };
}

const purposes: Partial<Record<PartyKind, 'testing' | 'verification' | 'preparation'>> = {
  lab: 'testing',
  verifier: 'verification',
  preparer: 'preparation',
};

function actual(type: RecordType, label: string, situation: Situation, filed: readonly FilingRule[]): boolean {
  const { kind, region, isSelf, isEngaged, subject } = situation;
  const record = {
    type,
    kind: label === '' ? type : `${type}.${label}`,
    issuer: FILER,
    subject: { uscc: isSelf ? FILER : SUBJECT, unit: 'U1', period: '2024' },
  } as LedgerRecord;
  const as = purposes[kind] ?? 'testing';
  const engaged: EngagementRoster = { engaged: isEngaged ? [{ party: FILER, as, r: '' }] : [] };
  const standing = {
    filer: stateOf(kind, regionOf(kind, region), 'active'),
    subject: subject === 'unregistered' ? undefined : stateOf('enterprise', regions.city, subject),
    engaged,
  };
  return filingFaults(record, filed, standing).length === 0;
}

/** The relations in other words than the code's. */
function holds(relation: string, { kind, region, isSelf, isEngaged, subject }: Situation): boolean {
  if (relation === 'party' || relation === 'self') return relation === 'party' || isSelf;
  if (subject === 'ended' || subject === 'unregistered') return false;
  const covered = kind === 'province-authority' ? ['city', 'province'] : ['city'];
  return relation === 'engaged' ? isEngaged : relation !== 'region' || covered.includes(region);
}

function expected(type: RecordType, label: string, situation: Situation): boolean {
  return mayFile[type].some((line) => {
    const [kind, relation = '', ...labels] = line.split(' ');
    const level = labelOf(`x.${label}`)?.split('_')[0] ?? '';
    return kind === situation.kind && (labels.length === 0 || labels.includes(level)) && holds(relation, situation);
  });
}

function labelsOf(type: RecordType): readonly string[] {
  const { labels } = recordTypes[type];
  if (labels === undefined) return [''];
  const names = labels.names === 'any' ? ['x'] : labels.names;
  return labels.required === true ? names : ['', ...names];
}

/** Every combination in which table and expectation part. */
function departures(
  type: RecordType,
  filed: readonly FilingRule[],
): { readonly wrong: string[]; readonly asked: number } {
  const wrong: string[] = [];
  let asked = 0;
  const states = Object.keys(processes[recordTypes[type].process].states).length + 1;
  for (const label of labelsOf(type)) {
    for (const situation of situations()) {
      asked += states;
      const found = actual(type, label, situation, filed);
      if (found !== expected(type, label, situation))
        wrong.push(`${type}.${label} ${JSON.stringify(situation)} ${String(found)}`);
    }
  }
  return { wrong, asked };
}

describe('the matrix of type, party, relation and state', () => {
  it('lets pass exactly what the rules say, in tens of thousands of combinations', () => {
    const all = recordTypeNames.map((type) => departures(type, recordTypes[type].filed));
    expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(all.reduce((sum, { asked }) => sum + asked, 0)).toBeGreaterThan(50_000);
  });

  it.each(recordTypeNames)('finds out a line of %s that somebody widened', (type) => {
    const { filed } = recordTypes[type];
    const kinds = partyKinds.filter((by) => !filed.some((rule) => rule.by === by));
    for (const by of kinds) expect(departures(type, [...filed, { by, as: 'party' }]).wrong).not.toEqual([]);
    const wider = filed.map((rule) => ({ ...rule, as: 'party' as const }));
    if (filed.some(({ as }) => as !== 'party')) expect(departures(type, wider).wrong).not.toEqual([]);
  });

  it.each(Object.keys(processes) as ProcessName[])('steps through %s exactly as the rules say', (name) => {
    const { states, transitions } = processes[name];
    const found = transitions.map(({ on, from, to }) => `${on} ${from.join(' ')} > ${to}`);
    expect(found).toEqual(mayStep[name]);
    for (const { from, to } of transitions)
      expect([...from, to].filter((state) => state !== '-' && !Object.hasOwn(states, state))).toEqual([]);
  });

  it.each(Object.keys(processes) as ProcessName[])('leaves no state of %s without a lawful way on', (name) => {
    const { states, transitions } = processes[name];
    const dead = Object.keys(states).filter((state) => {
      const standing = states[state]?.standing;
      return standing !== 'stands' && !transitions.some(({ on, from }) => isFiling(on) && from.includes(state));
    });
    expect(dead).toEqual([]);
  });

  it('names one state for each trigger, so that a state follows from the last record', () => {
    for (const { transitions } of Object.values(processes))
      expect(new Set(transitions.map(({ on }) => on)).size).toBe(transitions.length);
  });
});
