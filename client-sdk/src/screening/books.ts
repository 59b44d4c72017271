import {
  bookDigest,
  brokenFigures,
  type Book,
  type BookRecord,
  type BookSource,
  type ScreeningScope,
} from '@carbon-ledger/core';
import type { AnchoredRecordView } from '../routes';

/** What screening looks at in a record. */
export type ScreenedRecord = Pick<
  AnchoredRecordView,
  'id' | 'key' | 'record' | 'anchoredAt' | 'figures' | 'figuresAccess'
>;

/** How screening reads a ledger: over the routes, or inside the service. Everything as far as it is open to who asks. */
export interface ScreeningReader {
  /** USCCs of the enterprises in a scope, in order. */
  readonly enterprises: (scope: ScreeningScope) => AsyncIterable<string>;
  /** Current records about an enterprise, with figures where asked for. */
  readonly records: (uscc: string, withFigures: boolean) => Promise<readonly ScreenedRecord[]>;
  /** Current records under these keys, with figures; what does not stand is left out. */
  readonly current: (keys: readonly string[]) => Promise<readonly ScreenedRecord[]>;
  /** The current `rule-set` records of the national authority, whole ones and parts. */
  readonly ruleSets: () => Promise<readonly ScreenedRecord[]>;
}

function citesOf({ record }: ScreenedRecord): Record<string, string[]> {
  const cites: Record<string, string[]> = {};
  for (const { role, key } of record.cites) (cites[role] ??= []).push(key);
  for (const keys of Object.values(cites)) keys.sort();
  return cites;
}

/** A record of the ledger as rules see it. */
function bookRecord(view: ScreenedRecord): BookRecord {
  const { type, kind, issuer, subject, version, content, documents, totals } = view.record;
  const shown = Object.entries(totals).map(([name, { value }]) => [name, value] as const);
  const open = (view.figures ?? []).map(({ name, value }) => [name, value] as const);
  const { id, key, anchoredAt } = view;
  const isHidden = view.figuresAccess !== 'none' && !['open', 'shown'].includes(view.figuresAccess);
  const rest = { type, kind, issuer, subject, version, content, documents, anchoredAt };
  return {
    id,
    key,
    ...rest,
    figures: new Map([...shown, ...open]),
    cites: citesOf(view),
    ...(isHidden ? { isHidden } : {}),
  };
}

/**
 * The year that is screened and the one before: what a unit is compared with. Results of screenings are no part of what is
 * screened, else filing one would change the next.
 */
function isScreened({ record }: ScreenedRecord, year: string): boolean {
  if (record.type === 'screening-result') return false;
  const { period } = record.subject;
  return period === '-' || period.startsWith(year) || period.startsWith(String(Number(year) - 1));
}

/** What the records of one enterprise rest on elsewhere: rules of the year, lots, the registrations of who filed. */
function outsideKeys(uscc: string, views: readonly ScreenedRecord[]): string[] {
  const cited = views
    .flatMap(({ record }) => record.cites.map(({ key }) => key))
    .filter((key) => !key.startsWith(`${uscc}/`));
  const issuers = views.map(({ record }) => `${record.issuer}/-/-/party`);
  return [...new Set([...cited, ...issuers])].filter((key) => !key.startsWith(`${uscc}/`)).sort();
}

/** Records that many enterprises rest on are read once. */
class Shared {
  readonly #reader: ScreeningReader;
  readonly #known = new Map<string, ScreenedRecord | undefined>();

  constructor(reader: ScreeningReader) {
    this.#reader = reader;
  }

  async current(keys: readonly string[]): Promise<ScreenedRecord[]> {
    const unknown = keys.filter((key) => !this.#known.has(key));
    const found = unknown.length === 0 ? [] : await this.#reader.current(unknown);
    for (const key of unknown) this.#known.set(key, undefined);
    for (const view of found) this.#known.set(view.key, view);
    return keys.flatMap((key) => this.#known.get(key) ?? []);
  }
}

/** Whether a record has something of the year itself that rules can look at. */
function isOfYear({ record }: ScreenedRecord, year: string): boolean {
  return (
    record.subject.period.startsWith(year) && (record.figuresRoot !== null || Object.keys(record.totals).length > 0)
  );
}

/** Books of the enterprises of a scope, each read when it is looked at. */
export function ledgerBooks(reader: ScreeningReader, scope: ScreeningScope): () => AsyncIterable<BookSource> {
  const shared = new Shared(reader);
  const read = async (uscc: string, withFigures: boolean): Promise<{ records: BookRecord[]; ofYear: number }> => {
    const own = (await reader.records(uscc, withFigures)).filter((view) => isScreened(view, scope.year));
    const outside = await shared.current(outsideKeys(uscc, own));
    const ofYear = own.filter((view) => isOfYear(view, scope.year)).length;
    return { records: [...own, ...outside].map(bookRecord), ofYear };
  };
  return async function* sources() {
    for await (const uscc of reader.enterprises(scope)) {
      const load = async (): Promise<Book> => {
        const { records } = await read(uscc, true);
        return { uscc, records, broken: () => brokenFigures(records) };
      };
      const { records: bare, ofYear } = await read(uscc, false);
      yield {
        uscc,
        digest: bookDigest({ records: bare }),
        hidden: bare.filter(({ isHidden }) => isHidden).length,
        ofYear,
        load,
      };
    }
  };
}
