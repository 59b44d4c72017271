import { trialYear, type TrialYear } from '../../../test/support/trial-year';
import { recordId, type Citation, type LedgerRecord } from '../records';
import { stateOf } from '../judge/lifecycle';
import { bucketOf } from '../identifiers';
import { emptyView, OverlayView } from '../state';
import { partyKinds, processes, recordTypes, rulebooks, type BuiltRecord, type PartyKind } from '.';

let year: TrialYear;
/** One record of each kind and level of the year, as it stands there. */
let standing: readonly BuiltRecord[];
let parties: ReadonlyMap<PartyKind, string>;

beforeAll(async () => {
  year = await trialYear();
  const all = year.world.ledger.all();
  const byKind = new Map(
    all.map(({ id, record, figures = [] }) => {
      const level = record.subject.unit === 'PLANT' ? 'plant' : 'unit';
      const { uscc, unit, period } = record.subject;
      return [
        `${record.kind}@${level}`,
        { id, record, figures, key: `${uscc}/${unit}/${period}/${record.kind}` },
      ] as const;
    }),
  );
  standing = [...byKind.values()];
  parties = new Map(
    all.flatMap(({ record }) =>
      record.type === 'party' ? [[record.content['kind'] as PartyKind, record.subject.uscc] as const] : [],
    ),
  );
});

type Change = Partial<LedgerRecord>;

/** The same record with something changed, as its issuer would sign it. */
function changed(built: BuiltRecord, change: Change): BuiltRecord {
  const record = { ...built.record, ...change };
  return { ...built, record, id: recordId(record) };
}

/** Codes and places by which the ledger refuses; nothing where it takes it. */
async function refusal(built: BuiltRecord): Promise<string[]> {
  const { refused } = await year.world.submit([built]);
  return refused.flatMap(({ faults }) => faults.map(({ code, path }) => `${code} ${path.replace('/records/0', '')}`));
}

const codes = async (built: BuiltRecord): Promise<string[]> =>
  (await refusal(built)).map((told) => told.split(' ')[0] ?? '');

describe('every kind of record of a year', () => {
  it('is there: from the registration of parties to the surrender', () => {
    const types = new Set(standing.map(({ record }) => record.type));
    for (const type of [
      'party',
      'facility',
      'engagement',
      'review',
      'test-report',
      'monthly-evidence',
      'annual-report',
      'verification-conclusion',
      'allowance-issuance',
      'offset-application',
      'offset-confirmation',
      'ccer-lot',
      'ccer-cancellation',
      'surrender',
    ])
      expect(types).toContain(type);
    expect(parties.size).toBeGreaterThanOrEqual(6);
  });

  it('is told as anchored where it comes once more', async () => {
    for (const built of standing)
      expect([built.key, await refusal(built)]).toEqual([built.key, ['ALREADY_ANCHORED /version']]);
  });

  it('is filed by no kind of party that its type does not name', async () => {
    let asked = 0;
    for (const built of standing) {
      const { type, version, issuer } = built.record;
      const may = new Set(recordTypes[type].filed.map(({ by }) => by));
      for (const kind of partyKinds.filter((one) => parties.has(one) && !may.has(one))) {
        const other = changed(built, { issuer: parties.get(kind) ?? '', version: version + 1 });
        asked += 1;
        expect([built.key, kind, await codes(other)]).toEqual([
          built.key,
          kind,
          expect.arrayContaining(['NOT_ALLOWED_TO_FILE']),
        ]);
      }
      expect(issuer).not.toBe('');
    }
    expect(asked).toBeGreaterThan(60);
  });

  it('has no version before it, beside it, or two behind it', async () => {
    const rulebook = rulebooks.get(1)!;
    const view = new OverlayView(emptyView);
    for (const built of standing) {
      const { subject, kind, type, version } = built.record;
      const head = (await year.world.ledger.get('head', bucketOf(subject)))?.[`${subject.period}/${kind}`];
      const { process } = recordTypes[type];
      const kept = await year.world.ledger.get('case', `${process}/${built.key}`);
      if (kept !== undefined) view.put('case', `${process}/${built.key}`, kept);
      const state = await stateOf(built.key, head, view, rulebook);
      const mayFollow = processes[process].transitions.some(({ on, from }) => on === 'filed' && from.includes(state));
      const twoBehind = await codes(changed(built, { version: version + 2 }));
      expect([built.key, twoBehind]).toEqual([built.key, [mayFollow ? 'VERSION_GAP' : 'KEY_TAKEN']]);
      const documents = [
        {
          role: 'x',
          name: 'x',
          mediaType: 'text/csv',
          size: '1',
          sha256: `sha256:${'0'.repeat(64)}`,
          sm3: `sm3:${'0'.repeat(64)}`,
        },
      ];
      expect([built.key, await codes(changed(built, { documents }))]).toEqual([built.key, ['KEY_TAKEN']]);
    }
  });

  it('is of the shape of its type: unit, period, label and names of documents', async () => {
    const document = {
      role: 'x',
      name: 'a\u200bb',
      mediaType: 'text/csv',
      size: '1',
      sha256: `sha256:${'0'.repeat(64)}`,
      sm3: `sm3:${'0'.repeat(64)}`,
    };
    for (const built of standing) {
      const { subject, type, kind } = built.record;
      const spec = recordTypes[type];
      const unseen = await refusal(changed(built, { documents: [document] }));
      expect([built.key, unseen]).toEqual([built.key, expect.arrayContaining(['BAD_RECORD /documents/0/name'])]);
      if (spec.unit !== 'any') {
        const unit = spec.unit === 'none' ? 'U1' : '-';
        expect(await refusal(changed(built, { subject: { ...subject, unit } }))).toContain('BAD_RECORD /subject/unit');
      }
      if (spec.period !== 'any') {
        const period = spec.period === 'month' ? '2024' : '2024-05';
        expect(await refusal(changed(built, { subject: { ...subject, period } }))).toContain(
          'BAD_RECORD /subject/period',
        );
      }
      if (spec.labels?.names !== 'any' && kind === type && spec.number !== true)
        expect(await refusal(changed(built, { kind: `${type}.zzz` }))).toContain('BAD_RECORD /kind');
    }
  });

  it('is of nobody for whom another signs', async () => {
    const signer = parties.get('verifier') ?? '';
    for (const built of standing.filter(({ record }) => record.issuer !== signer)) {
      const { refused } = await year.world.submit([built], { party: signer });
      expect([built.key, refused[0]?.code]).toEqual([built.key, 'NOT_ALLOWED_TO_FILE']);
    }
  });

  it('changes nothing by being refused', async () => {
    const before = year.world.ledger.all().length;
    for (const built of standing.slice(0, 5)) await refusal(changed(built, { version: 7 }));
    expect(year.world.ledger.all().length).toBe(before);
  });
});

/** From what rests on most down to what rests on least: each is opened while what it cites still stands. */
const opened = (): readonly BuiltRecord[] => [
  year.issuance,
  year.conclusion,
  year.plantReport,
  year.annual,
  year.months[0]!,
  year.reports[0]!,
];

describe('the citations of a next version', () => {
  const swap = (cites: readonly Citation[], at: number, change: Partial<Citation>): Citation[] =>
    cites.map((one, index) => (index === at ? { ...one, ...change } : one));

  it('are those that its type asks for, current, of the right kind, each once', async () => {
    const { world } = year;
    for (const target of opened()) {
      await world.anchor([world.supersession(target, target.record.issuer)]);
      const next = world.nextVersion(target);
      const { cites, type } = next.record;
      const rules = recordTypes[type].cites(next.record);
      for (const { role, min } of rules.filter((rule) => rule.min > 0)) {
        const without = cites.filter((one) => one.role !== role);
        expect([type, role, min, await codes(changed(next, { cites: without }))]).toEqual([
          type,
          role,
          min,
          expect.arrayContaining(['CITATION_MISSING']),
        ]);
      }
      for (const [at, citation] of cites.entries()) {
        if (cites.findIndex(({ role }) => role === citation.role) < at) continue;
        const told = (change: Partial<Citation>): Promise<string[]> =>
          refusal(changed(next, { cites: swap(cites, at, change) }));
        const place = `/cites/${String(at)}`;
        expect(await told({ record: `rec:${'0'.repeat(64)}` })).toContain(`CITATION_NOT_CURRENT ${place}`);
        expect(await told({ key: citation.key.replace(/2024/, '2019') })).toContain(`CITATION_UNKNOWN ${place}`);
        expect(await told({ role: 'stranger' })).toContain(`CITATION_MISMATCH ${place}`);
        const twice = await codes(changed(next, { cites: [...cites, citation] }));
        expect(twice).toContain('CITATION_MISMATCH');
        const stranger = standing.find(({ record }) => record.type === 'party')!;
        expect(await told({ record: stranger.id, key: stranger.key })).toContain(`CITATION_MISMATCH ${place}`);
      }
    }
  });

  it('name nothing that was opened meanwhile', async () => {
    const next = year.world.nextVersion(year.annual);
    expect(await codes(next)).toContain('CITATION_NOT_CURRENT');
  });
});
