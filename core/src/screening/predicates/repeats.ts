import { normaliseIdentifier } from '../../identifiers';
import { reportFiles } from '../../records';
import { Lacking } from '../lacking';
import { inputOf } from '../env';
import { addressesOf, textOf } from '../read';
import type { BookIndex, BookRecord } from '../book';
import type { Identity, Predicate, PredicateHit, PredicateInput } from './predicate';
import { Decimal, isDecimalText } from '../../decimal';

/** `1.50` and `1.5` are one value. */
function plain(text: string): string {
  return isDecimalText(text) ? new Decimal(text).toFixed() : text;
}

/** The named values of a record, or undefined where one is missing. */
function valuesOf(record: BookRecord, names: readonly string[]): string[] | undefined {
  const found = names.map((name) => {
    const input = inputOf(name);
    const text = input.from === 'record' ? textOf(record, input.mark, input.name) : undefined;
    return text === undefined ? undefined : plain(text);
  });
  return found.every((text) => text !== undefined) ? found : undefined;
}

function touchesOf(input: PredicateInput, record: BookRecord, names: readonly string[]): string[] {
  const place = { index: input.index, traits: input.traits, record };
  const named = [...names.map(inputOf), ...input.check.touches];
  return [...new Set(named.flatMap((one) => addressesOf(place, one)))];
}

function sets(records: readonly BookRecord[], names: readonly string[]): Map<string, BookRecord[]> {
  const found = new Map<string, BookRecord[]>();
  for (const record of records) {
    const values = valuesOf(record, names);
    if (values === undefined) continue;
    const name = `${record.subject.unit} ${values.join(' / ')}`;
    found.set(name, [...(found.get(name) ?? []), record]);
  }
  return found;
}

function shownSet(records: readonly BookRecord[], names: readonly string[]): string {
  const [first] = records;
  const values = first === undefined ? '' : (valuesOf(first, names) ?? []).join(' / ');
  return `${values} in ${records.map(({ subject }) => subject.period).join(', ')}`;
}

/** The same values in so many periods of one unit; with `differing`, only where that differs among them. */
function repeatHits(input: PredicateInput): PredicateHit[] {
  const names = input.arguments('values');
  const differing = input.arguments('differing');
  return [...sets(input.records, names).values()].flatMap((records) => {
    const [first] = records;
    if (first === undefined || input.limit(input.argument('least') || 'least', first).gt(records.length)) return [];
    const others = new Set(records.map((record) => normaliseIdentifier((valuesOf(record, differing) ?? []).join(' '))));
    if (differing.length > 0 && others.size < 2) return [];
    const got = shownSet(records, names);
    const limit = input.check.check.note ?? 'different values each period';
    return records.map((record) => ({
      at: record.key,
      touches: touchesOf(input, record, [...names, ...differing]),
      got,
      limit,
    }));
  });
}

export const repeated: Predicate = { takes: ['values'], mayTake: ['differing', 'least'], find: repeatHits };

/** Numbers of reports that laboratories have anchored for this enterprise; none on a ledger that is not asked. */
function anchoredNumbers(index: BookIndex): Set<string> {
  const numbers = [...index.allAnchored()].map(({ content }) => content['reportNo']);
  return new Set(numbers.filter((number) => typeof number === 'string').map(normaliseIdentifier));
}

/** Missing, used twice, or not a number that this enterprise's laboratory has anchored. */
function numberHits(input: PredicateInput): PredicateHit[] {
  const known = anchoredNumbers(input.index);
  const seen = new Set<string>();
  const [name = '/reportNo'] = input.arguments('number');
  return input.records.flatMap((record): PredicateHit[] => {
    const number = valuesOf(record, [name])?.[0] ?? '';
    const identity = normaliseIdentifier(number);
    const isTwice = seen.has(identity);
    seen.add(identity);
    const isUnknown = identity === '' || (known.size > 0 && !known.has(identity));
    if (!isUnknown && !isTwice) return [];
    const limit = isTwice && identity !== '' ? 'a number of its own' : 'a number that the lab has anchored';
    return [{ at: record.key, touches: touchesOf(input, record, [name]), got: number, limit }];
  });
}

export const reportNumber: Predicate = { takes: ['number'], mayTake: [], find: numberHits };

function filesOf({ documents }: BookRecord, role: string): BookRecord['documents'] {
  return role === 'report' ? reportFiles(documents) : documents.filter((document) => document.role === role);
}

/** What a record says that no other on the ledger may say: values, or the files of a role. */
function idsOf(input: PredicateInput, record: BookRecord): { id: string; address: string }[] {
  const space = input.argument('space');
  const [role] = input.arguments('files');
  if (role !== undefined)
    return filesOf(record, role).map(({ sha256, name }) => ({
      id: `${space} ${sha256}`,
      address: `${record.key}#documents.${name}`,
    }));
  const names = input.arguments('values');
  const values = valuesOf(record, names);
  if (values === undefined) return [];
  return [
    { id: `${space} ${values.map(normaliseIdentifier).join(' ')}`, address: touchesOf(input, record, names)[0] ?? '' },
  ];
}

function identities(input: PredicateInput): Identity[] {
  const note = input.arguments('per');
  return input.records.flatMap((record) =>
    idsOf(input, record).map(({ id, address }) => ({
      id,
      at: record.key,
      address,
      note: note.length === 0 ? record.key : (valuesOf(record, note) ?? []).join(' '),
    })),
  );
}

/** One identity that stands in several places; with `per`, only where these values differ among them. */
function reuseHits(input: PredicateInput): PredicateHit[] {
  const { holders } = input;
  if (holders === undefined) throw new Lacking('other enterprises were not read');
  return identities(input).flatMap(({ id, at, address, note }): PredicateHit[] => {
    const others = holders(id).filter((other) => other.at !== at && other.note !== note);
    if (others.length === 0) return [];
    const got = `also at ${others
      .slice(0, 5)
      .map((other) => other.at)
      .join(', ')}`;
    return [
      {
        at,
        touches: [address, ...others.slice(0, 5).map((other) => other.address)],
        got,
        limit: input.check.check.note ?? 'once',
      },
    ];
  });
}

export const reuse: Predicate = {
  takes: ['space'],
  mayTake: ['values', 'files', 'per'],
  isWide: true,
  identities,
  find: reuseHits,
};

/** More uses of one thing than there can be: tests of a laboratory's instrument in a day. */
function crowdHits(input: PredicateInput): PredicateHit[] {
  const { holders } = input;
  if (holders === undefined) throw new Lacking('other enterprises were not read');
  return identities(input).flatMap(({ id, at, address }): PredicateHit[] => {
    const record = input.records.find(({ key }) => key === at);
    const count = holders(id).length;
    const most = record === undefined ? undefined : input.limit('most', record);
    if (most === undefined || most.gte(count)) return [];
    return [{ at, touches: [address], got: String(count), limit: `≤ ${most.toFixed()}` }];
  });
}

export const crowded: Predicate = {
  takes: ['space', 'values'],
  mayTake: [],
  isWide: true,
  identities,
  find: crowdHits,
};
