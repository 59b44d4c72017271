import {
  LedgerError,
  methodologySchema,
  parameterTableSchema,
  type LedgerRecord,
  type Methodology,
  type ParameterTable,
  type RecordType,
  type ScreeningResult,
} from '@carbon-ledger/core';
import {
  clientReader,
  screenLedger,
  type AnchoredRecordView,
  type LedgerClient,
  type ScreeningReader,
} from '@carbon-ledger/client-sdk';
import { previewRuleChange, type RulePreview } from '@carbon-ledger/plant-year';

/** A rule, with what it finds now and what it would find. */
export interface RuleEffect {
  readonly rule: string;
  readonly before: number;
  readonly after: number;
  /** Units (`USCC/unit`) that it asks now, and would ask. */
  readonly unitsBefore: number;
  readonly unitsAfter: number;
}

export type Effect =
  | {
      readonly of: 'screening';
      readonly rules: readonly RuleEffect[];
      readonly enterprises: number;
      readonly hidden: number;
    }
  | { readonly of: 'figures'; readonly preview: RulePreview; readonly emission_t: string | undefined };

const unitOf = (key: string): string => key.split('/').slice(0, 2).join('/');

function countsOf({ findings }: Pick<ScreeningResult, 'findings'>): Map<string, { found: number; units: Set<string> }> {
  const counts = new Map<string, { found: number; units: Set<string> }>();
  for (const { rule, at } of findings) {
    const own = counts.get(rule) ?? { found: 0, units: new Set<string>() };
    own.found += 1;
    own.units.add(unitOf(at));
    counts.set(rule, own);
  }
  return counts;
}

/** Rules that would find more or less than now, or ask other numbers of units. */
export function ruleEffects(
  before: Pick<ScreeningResult, 'findings'>,
  after: Pick<ScreeningResult, 'findings'>,
): RuleEffect[] {
  const [was, is] = [countsOf(before), countsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((rule) => ({
      rule,
      ...{ before: was.get(rule)?.found ?? 0, after: is.get(rule)?.found ?? 0 },
      ...{ unitsBefore: was.get(rule)?.units.size ?? 0, unitsAfter: is.get(rule)?.units.size ?? 0 },
    }))
    .filter((one) => one.before !== one.after || one.unitsBefore !== one.unitsAfter);
}

/** What is read for one run is kept for the next: both look at the same ledger. */
function remembering(reader: ScreeningReader): ScreeningReader {
  const known = new Map<string, ReturnType<ScreeningReader['records']>>();
  const once = (
    name: string,
    read: () => ReturnType<ScreeningReader['records']>,
  ): ReturnType<ScreeningReader['records']> => {
    const found = known.get(name) ?? read();
    known.set(name, found);
    return found;
  };
  return {
    enterprises: (scope) => reader.enterprises(scope),
    records: (uscc, withFigures) => once(`${uscc} ${String(withFigures)}`, () => reader.records(uscc, withFigures)),
    current: (keys) => once(keys.join(' '), () => reader.current(keys)),
    ruleSets: () => once('rule sets', () => reader.ruleSets()),
  };
}

/** The same reader, with a draft in the place of what stands under its kind. */
function withDraft(reader: ScreeningReader, draft: LedgerRecord): ScreeningReader {
  const view = { id: '', key: draft.kind, record: draft, anchoredAt: '', figuresAccess: 'none' } as const;
  return {
    ...reader,
    ruleSets: async () => [...(await reader.ruleSets()).filter(({ record }) => record.kind !== draft.kind), view],
  };
}

async function screeningEffect(client: LedgerClient, draft: LedgerRecord): Promise<Effect> {
  const reader = remembering(clientReader(client));
  const scope = { of: 'all', year: draft.subject.period } as const;
  const before = await screenLedger(reader, { scope });
  const { result } = await screenLedger(withDraft(reader, draft), { scope });
  return {
    of: 'screening',
    rules: ruleEffects(before.result, result),
    enterprises: result.enterprises,
    hidden: result.hidden,
  };
}

interface Rules {
  readonly methodology: Methodology;
  readonly parameters: ParameterTable;
}

/** Rules of the year as they stand on the ledger. @throws LedgerError NOT_FOUND */
function rulesOnLedger(views: readonly AnchoredRecordView[], id: string, year: string): Rules {
  const own = (type: RecordType, name: string): AnchoredRecordView['record'] | undefined =>
    views.find(({ record }) => record.type === type && record.subject.period === year && record.content[name] === id)
      ?.record;
  const methodology = methodologySchema.safeParse(own('methodology', 'id')?.content);
  const parameters = parameterTableSchema.safeParse(own('parameter', 'table')?.content);
  if (methodology.success && parameters.success) return { methodology: methodology.data, parameters: parameters.data };
  throw new LedgerError(
    'NOT_FOUND',
    `no methodology and parameters of ${id} stand for ${year}: nothing rests on them yet`,
  );
}

function rulesWith(before: Rules, { type, content }: LedgerRecord): Rules {
  return type === 'parameter'
    ? { ...before, parameters: parameterTableSchema.parse(content) }
    : { ...before, methodology: methodologySchema.parse(content) };
}

const EMISSION = 'emission_tCO2';

/** By how much the annual emissions of plants would change; undefined where none does. */
export function emissionChange({ changes }: Pick<RulePreview, 'changes'>): string | undefined {
  const own = changes.filter(
    ({ record, figure }) => figure === EMISSION && /\/PLANT\/\d{4}\/annual-report$/.test(record),
  );
  const known = own.flatMap(({ delta }) => delta ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, delta) => sum + BigInt(delta), 0n).toString();
}

async function figureEffect(
  client: LedgerClient,
  draft: LedgerRecord,
  onRead: (count: number) => void,
  signal: AbortSignal,
): Promise<Effect> {
  const year = draft.subject.period;
  const views: AnchoredRecordView[] = [];
  for await (const view of client.allRecords({ status: 'current', include: 'figures', limit: 500 })) {
    signal.throwIfAborted();
    const { period } = view.record.subject;
    if (period === '-' || period.startsWith(year)) views.push(view);
    onRead(views.length);
  }
  const id = String(draft.content[draft.type === 'parameter' ? 'table' : 'id']);
  const before = rulesOnLedger(views, id, year);
  const preview = previewRuleChange(views, before, rulesWith(before, draft));
  return { of: 'figures', preview, emission_t: emissionChange(preview) };
}

/**
 * What would be otherwise on the ledger as it stands, were this filed, as far as its figures are open to who asks. Nothing is filed.
 * @throws LedgerError NOT_FOUND, BAD_RECORD; ZodError for what is no table or methodology
 */
export function previewEffect(
  client: LedgerClient,
  draft: LedgerRecord,
  onRead: (count: number) => void,
  signal: AbortSignal,
): Promise<Effect> {
  return draft.type === 'rule-set' ? screeningEffect(client, draft) : figureEffect(client, draft, onRead, signal);
}

/** Units and enterprises in which a figure would be another one. */
export function touchedBy({ changes }: Pick<RulePreview, 'changes'>): {
  readonly units: number;
  readonly enterprises: number;
} {
  const units = new Set(changes.map(({ record }) => unitOf(record)));
  return { units: units.size, enterprises: new Set([...units].map((unit) => unit.split('/')[0])).size };
}
