import type { Fault } from '../../errors';
import type { Subject } from '../../identifiers';
import { figureMap, type RecordScope } from '../../methodology/scope';
import { businessKey, type Citation, type DocumentRef, type LedgerRecord, type RecordType } from '../../records/record';
import { OverlayView } from '../../state/overlay';
import { emptyView } from '../../state/view';
import type { Effect } from '../effects';
import { recordTypes } from '../registry';
import type { EffectInput, PartyFacts, RecordTypeSpec } from '../spec';
import { changed, exampleOf } from './content-table';

type Content = Readonly<Record<string, unknown>>;

/** Fictitious parties with valid codes. */
export const someParties = {
  enterprise: '91140000MA0FAKE01X',
  lab: '91140100MA0FAKE2XU',
  verifier: '91110000MA0FAKE3W8',
} as const;

/** What may be told of a record beside its type; the rest is that of the type's example. */
export interface RecordWords {
  readonly kind?: string;
  readonly issuer?: string;
  readonly subject?: Partial<Subject>;
  readonly version?: number;
  /** Changes to the type's example; a member that is undefined is left out. */
  readonly content?: Content;
  readonly documents?: readonly DocumentRef[];
  readonly figures?: Readonly<Record<string, string>>;
  /** By role, what is cited. */
  readonly cited?: Readonly<Record<string, readonly RecordScope[]>>;
}

/** One record before the rules of its type, with nothing behind it but what a test puts there. */
export interface Situation extends RecordWords {
  readonly by?: Partial<PartyFacts>;
  readonly time?: string;
  readonly state?: (view: OverlayView) => void;
}

const units: Readonly<Record<RecordTypeSpec['unit'], string>> = {
  unit: 'U1',
  plant: 'PLANT',
  'unit-or-plant': 'U1',
  none: '-',
  any: 'U1',
};
const periods: Readonly<Record<RecordTypeSpec['period'], string>> = {
  year: '2024',
  month: '2024-01',
  none: '-',
  any: '2024',
};

function kindOf(type: RecordType): string {
  const { labels, number } = recordTypes[type];
  if (number === true) return `${type}.1`;
  if (labels?.required !== true) return type;
  return `${type}.${labels.names === 'any' ? 'x' : (labels.names[0] ?? 'x')}`;
}

/** A record of a type, its public part, as it would stand on the ledger. */
export function recordOf(type: RecordType, words: RecordWords = {}): LedgerRecord {
  const { unit, period } = recordTypes[type];
  const cites = Object.entries(words.cited ?? {}).flatMap(([role, scopes]): Citation[] =>
    scopes.map(({ id, key }) => ({ role, record: id, key })),
  );
  return {
    schema: 'carbon-ledger/record/v1',
    type,
    issuer: words.issuer ?? someParties.enterprise,
    subject: { uscc: someParties.enterprise, unit: units[unit], period: periods[period], ...words.subject },
    kind: words.kind ?? kindOf(type),
    version: words.version ?? 1,
    cites,
    documents: [...(words.documents ?? [])],
    totals: {},
    figuresRoot: null,
    content: { ...changed(exampleOf(type), words.content ?? {}) },
  };
}

/** A record as those see it who cite it. Its id stands for its hash: the same words give the same id. */
export function citedRecord(type: RecordType, words: RecordWords = {}): RecordScope {
  const record = recordOf(type, words);
  const hash = Array.from(JSON.stringify([record, words.figures]), (letter) => letter.charCodeAt(0))
    .reduce((sum, code) => (sum * 31n + BigInt(code)) % 2n ** 256n, 7n)
    .toString(16)
    .padStart(64, '0');
  return {
    id: `rec:${hash}`,
    key: businessKey(record),
    record,
    figures: figuresOf(record, words.figures),
    cited: new Map(Object.entries(words.cited ?? {})),
  };
}

/** A table of the year with these values, as those see it who cite it. */
export function citedParameters(values: Readonly<Record<string, string>>): RecordScope {
  const table = Object.entries(values).map(([name, value]) => [name, { value, unit: '1', source: '试验' }]);
  return citedRecord('parameter', { content: { values: Object.fromEntries(table) as Content } });
}

function figuresOf(record: LedgerRecord, figures: RecordWords['figures'] = {}): RecordScope['figures'] {
  const named = Object.entries(figures).map(([name, value]) => ({ name, value, unit: '', salt: '0'.repeat(32) }));
  return figureMap(record, named);
}

function viewOf({ state }: Situation): OverlayView {
  const view = new OverlayView(emptyView);
  state?.(view);
  return view;
}

/** Faults that a type's own checks and conditions find. */
async function faultsOf(type: RecordType, situation: Situation = {}): Promise<Fault[]> {
  const scope = citedRecord(type, situation);
  const { record } = scope;
  const input = {
    record,
    id: scope.id.slice(4),
    content: record.content,
    scope,
    issuer: { uscc: record.issuer, kind: 'enterprise' as const, region: '140600', qualifications: [], ...situation.by },
    time: situation.time ?? '2026-11-21T08:00:00Z',
  };
  const { check, conditions } = recordTypes[type];
  return [...(check?.(input) ?? []), ...((await conditions?.({ ...input, state: viewOf(situation) })) ?? [])];
}

/** `R-D02 /content/issued`: the rule where there is one, else the code, and the place. */
export function told({ code, path, details }: Fault): string {
  const rule = code === 'RULE_REFUSED' ? details?.['rule'] : undefined;
  return `${typeof rule === 'string' ? rule : code} ${path}`;
}

/** {@link faultsOf}, told. */
export async function toldOf(type: RecordType, situation: Situation = {}): Promise<string[]> {
  return (await faultsOf(type, situation)).map(told);
}

function effectInput(type: RecordType, words: RecordWords, time: string): EffectInput<unknown> {
  const { id, record } = citedRecord(type, words);
  const cited = (role: string): LedgerRecord[] => (words.cited?.[role] ?? []).map((scope) => scope.record);
  return { record, id: id.slice(4), content: record.content, time, cited };
}

/** What a record of a type changes beside its own key and the cases that it acts on. */
export function effectsOf(type: RecordType, words: RecordWords = {}, time = '2026-11-21T08:00:00Z'): readonly Effect[] {
  return recordTypes[type].effects?.(effectInput(type, words, time)) ?? [];
}

/** What takes that back once the record is opened or withdrawn; `refused` where nothing does. */
export function undoOf(
  type: RecordType,
  words: RecordWords = {},
  standing: 'open' | 'ended' = 'ended',
): readonly Effect[] | 'refused' {
  const { undo } = recordTypes[type];
  return typeof undo === 'function' ? undo(effectInput(type, words, '2026-11-21T08:00:00Z'), standing) : (undo ?? []);
}

/** What the lists of 2024 say of an enterprise: the last word counts. */
export function putListing(view: OverlayView, uscc: string, ...words: readonly boolean[]): void {
  view.put('listed', `${uscc}/2024`, { said: words.map((listed, index) => ({ listed, r: String(index) })) });
}

/** A party as the state holds it. */
export function putParty(view: OverlayView, uscc: string, change: Partial<Content> = {}, ended?: string): void {
  const content = { ...exampleOf('party'), ...change } as Parameters<typeof view.put<'party'>>[2]['content'];
  view.put('party', uscc, { record: `rec:${'0'.repeat(64)}`, version: 1, content, ...(ended && { ended }) });
}
