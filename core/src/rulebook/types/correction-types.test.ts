import { correctionKind } from '../correction';
import type { PartyKind } from '../authority';
import type { RecordType } from '../../records/record';
import { recordTypes } from '../registry';
import {
  citedRecord,
  effectsOf,
  putParty,
  recordOf,
  someParties,
  toldOf,
  undoOf,
  type RecordWords,
} from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const { enterprise, lab, verifier } = someParties;
const corrections = ['supersession', 'revocation'] as const;
type Correction = (typeof corrections)[number];
const roles = { supersession: 'superseded', revocation: 'revoked' } as const;

const promise: ContentPromise = {
  required: ['reason', 'statement'],
  texts: ['statement'],
  bad: [
    ['a reason of its own', { reason: 'MISTAKE' }, '/content/reason'],
    ['a reason in small letters', { reason: 'correction' }, '/content/reason'],
  ],
};

describe.each(corrections)('the content of a %s', (type) => {
  it.each(goodContents(type, promise))('is taken as %j', (content) => {
    expect(contentFaultsOf(type, content)).toEqual([]);
  });
  it.each(badContents(type, promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf(type, content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

interface Corrector {
  readonly kind: PartyKind;
  readonly region?: string;
  readonly issuer?: string;
}

const others: Readonly<Record<string, Corrector>> = {
  city: { kind: 'city-authority', region: '140600' },
  shanxi: { kind: 'province-authority', region: '140000' },
  guangdong: { kind: 'province-authority', region: '440000' },
  nation: { kind: 'national-authority', region: '000000' },
  laboratory: { kind: 'lab', region: '140600' },
  inspector: { kind: 'inspector', region: '140600' },
};

/** Corrects a record of a type that some kind of party filed about the enterprise in 朔州. */
function correcting(
  correction: Correction,
  by: Corrector,
  type: RecordType,
  filer: { readonly issuer: string; readonly kind: PartyKind } = { issuer: enterprise, kind: 'enterprise' },
  words: RecordWords = {},
): Promise<string[]> {
  const target = citedRecord(type, { issuer: filer.issuer, ...words });
  const { kind, region = '140600', issuer = '91350100M000100Y43' } = by;
  return toldOf(correction, {
    issuer,
    by: { kind, region },
    kind: correctionKind(correction, target.record.kind),
    subject: target.record.subject,
    cited: { [roles[correction]]: [target] },
    state: (view) => {
      putParty(view, enterprise, { region: '140600' });
      putParty(view, filer.issuer, { kind: filer.kind, region: '140600' });
    },
  });
}

const refused = ['NOT_ALLOWED_TO_FILE /issuer'];

describe.each(corrections)('a %s', (correction) => {
  it('of its own record is anybody’s', async () => {
    expect(await correcting(correction, { kind: 'enterprise', issuer: enterprise }, 'monthly-evidence')).toEqual([]);
    const report = { issuer: lab, kind: 'lab' } as const;
    expect(await correcting(correction, { kind: 'lab', issuer: lab }, 'test-report', report)).toEqual([]);
  });

  it.each([
    ['city', refused],
    ['shanxi', []],
    ['guangdong', refused],
    ['nation', []],
    ['laboratory', refused],
    ['inspector', refused],
  ])('of an enterprise’s record by the %s', async (who, expected) => {
    expect(await correcting(correction, others[who]!, 'monthly-evidence')).toEqual(expected);
  });

  it('never takes back what a higher level filed', async () => {
    const byNation = { issuer: verifier, kind: 'national-authority' } as const;
    expect(await correcting(correction, others['shanxi']!, 'allowance-issuance', byNation)).toEqual(refused);
    expect(await correcting(correction, others['nation']!, 'allowance-issuance', byNation)).toEqual([]);
  });

  it.each(['methodology', 'parameter', 'rule-edition'] as const)(
    'of a %s is the national authority’s',
    async (type) => {
      for (const who of ['shanxi', 'city', 'laboratory'])
        expect(await correcting(correction, others[who]!, type)).toEqual(refused);
      expect(await correcting(correction, { kind: 'enterprise', issuer: enterprise }, type)).toEqual(refused);
      expect(await correcting(correction, others['nation']!, type)).toEqual([]);
    },
  );

  it('is of nobody whom the ledger does not know', async () => {
    const target = citedRecord('monthly-evidence');
    const words = {
      issuer: '91350100M000100Y43',
      by: others['shanxi']!,
      kind: correctionKind(correction, 'monthly-evidence'),
      cited: { [roles[correction]]: [target] },
    };
    expect(await toldOf(correction, words)).toEqual(refused);
  });

  it('carries the kind of what it corrects in its own', async () => {
    expect(correctionKind(correction, 'engagement.testing-2')).toBe(`${correction}.engagement_testing-2`);
    const target = citedRecord('monthly-evidence');
    const words = { kind: `${correction}.test-report`, cited: { [roles[correction]]: [target] } };
    expect(await toldOf(correction, words)).toEqual(['BAD_RECORD /kind']);
  });

  it('takes its step in the life of what it cites', () => {
    expect(recordTypes[correction].acts?.(recordOf(correction))).toEqual([
      { role: roles[correction], trigger: correction },
    ]);
  });

  it('changes nothing by itself, and is not taken back: it is a step', () => {
    expect([effectsOf(correction), undoOf(correction)]).toEqual([[], 'refused']);
  });
});

describe('the withdrawal of a registration', () => {
  const withdrawing = (by: Corrector, kind: PartyKind = 'enterprise'): Promise<string[]> =>
    correcting('revocation', by, 'party', { issuer: enterprise, kind });

  it.each([
    ['nation', 'enterprise', []],
    ['nation', 'ccer-registry', []],
    ['nation', 'province-authority', []],
    ['shanxi', 'enterprise', []],
    ['shanxi', 'lab', []],
    ['shanxi', 'city-authority', []],
    ['shanxi', 'province-authority', refused],
    ['shanxi', 'ccer-registry', refused],
    ['shanxi', 'allowance-registry', refused],
    ['guangdong', 'enterprise', refused],
    ['city', 'enterprise', refused],
    ['laboratory', 'enterprise', refused],
  ] as const)('by the %s of a %s', async (who, kind, expected) => {
    expect(await withdrawing(others[who]!, kind)).toEqual(expected);
  });

  it('is no party’s own word, not even the national authority’s', async () => {
    for (const kind of ['enterprise', 'national-authority'] as const)
      expect(await withdrawing({ kind, issuer: enterprise })).toEqual(refused);
  });

  it('is done once', async () => {
    const target = citedRecord('party');
    const found = await toldOf('revocation', {
      issuer: verifier,
      by: { kind: 'national-authority' },
      kind: 'revocation.party',
      cited: { revoked: [target] },
      state: (view) => {
        putParty(view, enterprise, {}, '2026-01-01T00:00:00Z');
      },
    });
    expect(found).toEqual(refused);
  });
});

describe('what is objected to', () => {
  const report = citedRecord('annual-report');
  const conclusion = citedRecord('verification-conclusion', {
    issuer: verifier,
    cited: { 'annual-report': [report] },
  });
  const taking = (correction: Correction, state: string): Promise<string[]> =>
    toldOf(correction, {
      ...{ issuer: verifier, by: { kind: 'verifier', region: '140600' } },
      kind: correctionKind(correction, conclusion.record.kind),
      subject: conclusion.record.subject,
      cited: { [roles[correction]]: [conclusion] },
      state: (view) => {
        view.put('case', `annual-report/${report.key}`, {
          ...{ s: state, r: 'a', v: 1, t: '2024-06-20T00:00:00Z', by: 'a' },
        });
      },
    });

  it('is not withdrawn until that is decided: nobody could decide it any more', async () => {
    expect(await taking('revocation', 'OBJECTED')).toEqual(['STATE_CONFLICT /cites']);
    for (const state of ['CONCLUDED', 'NOTIFIED', 'RECONFIRMED', 'CHANGED'])
      expect([state, await taking('revocation', state)]).toEqual([state, []]);
  });

  it('may be opened for its next version by its verifier: the decision that changes it finds it open', async () => {
    expect(await taking('supersession', 'OBJECTED')).toEqual([]);
  });
});
