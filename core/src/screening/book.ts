import { addMonths } from './months';
import { typeOfKind, type Subject } from '../identifiers';
import { contentText } from '../methodology';
import type { DocumentRef } from '../records';

/** A record as screening sees it: from the ledger, or from a file that is not filed yet. */
export interface BookRecord {
  readonly key: string;
  /** Record id; absent in a file. */
  readonly id?: string;
  readonly type: string;
  readonly kind: string;
  readonly issuer: string;
  readonly subject: Subject;
  readonly version: number;
  readonly content: Readonly<Record<string, unknown>>;
  /** Public and private figures by name, as decimal text. */
  readonly figures: ReadonlyMap<string, string>;
  /** Business keys by role. */
  readonly cites: Readonly<Record<string, readonly string[]>>;
  readonly documents: readonly DocumentRef[];
  /** Its private figures are not open to who screens: rules that need them are not run. */
  readonly isHidden?: boolean;
  /** RFC 3339; absent in a file. */
  readonly anchoredAt?: string;
}

/** A figure that differs from what the methodology's formula makes of its inputs. */
export interface BrokenFigure {
  readonly address: string;
  readonly kind: string;
  readonly figure: string;
  readonly inputs: readonly string[];
  readonly expected: string;
  readonly got: string;
}

/** Everything about one enterprise that rules look at. */
export interface Book {
  readonly uscc: string;
  /** Current records about it, and those that they rest on. */
  readonly records: readonly BookRecord[];
  /** What the ledger has under the same keys, where a file is screened beside it. */
  readonly anchored?: readonly BookRecord[];
  /** Computed when a rule asks. Absent: nobody can compute the figures anew. */
  readonly broken?: () => readonly BrokenFigure[];
  /** True for a value that stands in a file and cannot be read: no rule speaks on it. */
  readonly isUnread?: (address: string) => boolean;
}

export function addressOf(key: string, name: string): string {
  return `${key}#${name}`;
}

function byKey(a: BookRecord, b: BookRecord): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}

function keyOf({ uscc, unit, period }: Subject, kind: string): string {
  return `${uscc}/${unit}/${period}/${kind}`;
}

/** `monthly-evidence@unit`, `sample-receipt.*@unit`. */
function levelOf({ unit }: Subject): string {
  if (unit === 'PLANT') return 'plant';
  return unit === '-' ? 'none' : 'unit';
}

/** A book with its records found by key and by kind. */
export class BookIndex {
  readonly book: Book;
  readonly #byKey: ReadonlyMap<string, BookRecord>;
  readonly #anchored: ReadonlyMap<string, BookRecord>;
  readonly #each = new Map<string, readonly BookRecord[]>();
  #broken: readonly BrokenFigure[] | undefined;

  constructor(book: Book) {
    this.book = book;
    this.#byKey = new Map(book.records.map((record) => [record.key, record]));
    this.#anchored = new Map((book.anchored ?? []).map((record) => [record.key, record]));
  }

  at(key: string): BookRecord | undefined {
    return this.#byKey.get(key);
  }

  anchored(key: string): BookRecord | undefined {
    return this.#anchored.get(key);
  }

  get hasAnchored(): boolean {
    return this.#anchored.size > 0;
  }

  allAnchored(): Iterable<BookRecord> {
    return this.#anchored.values();
  }

  /** What stands at an address, as text: a figure, a field, the hash of a document. */
  valueAt(address: string): string | undefined {
    const [key = '', name = ''] = address.split('#');
    const record = this.#byKey.get(key);
    const document = record?.documents.find((one) => `documents.${one.name}` === name);
    return record?.figures.get(name) ?? document?.sha256 ?? contentText(record?.content[name]);
  }

  /** Undefined where nobody can compute the figures anew. */
  broken(): readonly BrokenFigure[] | undefined {
    this.#broken ??= this.book.broken?.();
    return this.#broken;
  }

  /** Records of this kind and level about the book's enterprise, by key. */
  each(table: string): readonly BookRecord[] {
    const known = this.#each.get(table);
    if (known) return known;
    const [kind = '', level = 'any'] = table.split('@');
    const found = this.book.records
      .filter((record) => record.subject.uscc === this.book.uscc || level === 'any')
      .filter((record) => (kind.endsWith('.*') ? typeOfKind(record.kind) === kind.slice(0, -2) : record.kind === kind))
      .filter(({ subject }) => level === 'any' || levelOf(subject) === level)
      .sort(byKey);
    this.#each.set(table, found);
    return found;
  }

  /** The records that one cites in a role. */
  cited({ cites }: BookRecord, role: string): BookRecord[] {
    return (cites[role] ?? []).flatMap((key) => this.at(key) ?? []);
  }

  /** What it cites in this role, or what stands for its unit and period, its year, its plant, its enterprise. */
  related(record: BookRecord, kind: string): BookRecord | undefined {
    const { subject } = record;
    const year = subject.period.slice(0, 4);
    const places = [
      subject,
      { ...subject, period: year },
      { ...subject, unit: 'PLANT' },
      { ...subject, unit: 'PLANT', period: year },
      { ...subject, unit: '-', period: year },
      { ...subject, unit: '-', period: '-' },
    ];
    return this.cited(record, kind)[0] ?? places.flatMap((place) => this.at(keyOf(place, kind)) ?? [])[0];
  }

  /** The same kind for the same unit, so many months or years away. */
  shifted({ subject, kind }: BookRecord, by: 'previous' | 'last-year'): BookRecord | undefined {
    const isMonth = subject.period.length === 7;
    const months = by === 'previous' && isMonth ? -1 : -12;
    return this.at(keyOf({ ...subject, period: addMonths(subject.period, months) }, kind));
  }

  ofPlant({ subject }: BookRecord, kind: string): BookRecord | undefined {
    return this.at(keyOf({ ...subject, unit: 'PLANT' }, kind));
  }
}
