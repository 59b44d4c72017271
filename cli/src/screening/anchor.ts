import {
  buildRecord,
  filedResult,
  keysOfFindings,
  type BuiltRecord,
  type SaltSource,
  type ScreeningRun,
} from '@carbon-ledger/core';
import { ruleSetsInForce, type ScreenedRecord, type ScreeningReader } from '@carbon-ledger/client-sdk';
import { submitTogether } from '../anchoring/submit';
import type { Context } from '../context';
import type { Service } from '../service/service';

/** As many records as one cites. */
const mostCited = 400;
const atOnce = 20;

export interface AnchoredResult {
  readonly key: string;
  readonly record: string;
  /** The same result was on record already. */
  readonly already: boolean;
}

function builtOf({ id, key, record }: ScreenedRecord): BuiltRecord {
  return { id, key, record, figures: [] };
}

/** What was screened of an enterprise, those with findings first, as far as a record has room for them. */
function screenedOf(
  views: readonly ScreenedRecord[],
  first: readonly string[],
  year: string,
  type: string,
): BuiltRecord[] {
  const own = views.filter(({ record }) => record.type !== type);
  const isOfYear = ({ record }: ScreenedRecord): boolean => record.subject.period.startsWith(year);
  const rank = (view: ScreenedRecord): number => (first.includes(view.key) ? 0 : isOfYear(view) ? 1 : 2);
  const ordered = [...own].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
  return ordered.slice(0, mostCited).map(builtOf);
}

/** Results of screenings of an enterprise's year, whoever filed them, by their number. */
function earlier(views: readonly ScreenedRecord[], year: string): Map<number, ScreenedRecord> {
  const own = views.filter(({ record }) => record.type === 'screening-result' && record.subject.period === year);
  return new Map(own.map((view) => [Number(view.record.kind.split('.')[1]), view]));
}

/** The lowest that nobody took: a result with the last number there is must not leave the next one without any. */
function freeNumber(taken: ReadonlyMap<number, ScreenedRecord>): number {
  const free = Array.from({ length: taken.size + 1 }, (_, at) => at + 1).find((number) => !taken.has(number));
  return free ?? taken.size + 1;
}

interface Drafting {
  readonly uscc: string;
  readonly issuer: string;
  readonly views: readonly ScreenedRecord[];
  /** Records by which it was screened. */
  readonly rules: readonly ScreenedRecord[];
  readonly salts: SaltSource;
}

type Drafted = { readonly built: BuiltRecord } | { readonly standing: ScreenedRecord };

function draftOf(run: ScreeningRun, { uscc, issuer, views, rules, salts }: Drafting): Drafted {
  const content = filedResult(run, uscc);
  const { year } = run.result.scope;
  const before = earlier(views, year);
  const standing = [...before.values()].find(
    ({ record }) => record.issuer === issuer && record.content['digest'] === content.digest,
  );
  if (standing !== undefined) return { standing };
  const type = 'screening-result';
  const kind = `${type}.${String(freeNumber(before))}`;
  const screened = screenedOf(views, keysOfFindings(content), year, type);
  const cites = { screened, ...(rules.length === 0 ? {} : { 'rule-set': rules.map(builtOf) }) };
  const subject = { uscc, unit: 'PLANT', period: year };
  return { built: buildRecord({ type, issuer, subject, kind, content, cites }, salts) };
}

/** Files what a run found, one `screening-result` an enterprise; a result that stands there already is not filed again. */
export async function anchorResults(
  context: Context,
  service: Service,
  reader: ScreeningReader,
  run: ScreeningRun,
): Promise<AnchoredResult[]> {
  const issuer = context.requireParty();
  const salts = await service.keys.saltsOf(issuer);
  const rules = await ruleSetsInForce(reader);
  const results: AnchoredResult[] = [];
  let waiting: BuiltRecord[] = [];
  const send = async (): Promise<void> => {
    if (waiting.length > 0) await submitTogether(context, service, waiting);
    waiting = [];
  };
  for await (const uscc of reader.enterprises(run.result.scope)) {
    const views = [...(await reader.records(uscc, false))];
    const drafted = draftOf(run, { uscc, issuer, views, rules, salts });
    const { id, key } = 'built' in drafted ? drafted.built : drafted.standing;
    results.push({ key, record: id, already: 'standing' in drafted });
    if ('built' in drafted) waiting.push(drafted.built);
    if (waiting.length === atOnce) await send();
  }
  await send();
  return results;
}
