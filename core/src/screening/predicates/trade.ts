import { daysBetween, isDay } from '../../calendar';
import { isLedgerError } from '../../errors';
import { Decimal } from '../../decimal';
import { parseSerialRange, rangesOverlap, type SerialRange } from '../../identifiers';
import { addressOf, type BookRecord } from '../book';
import { Lacking } from '../lacking';
import type { Identity, Predicate, PredicateHit, PredicateInput } from './predicate';

function text({ content }: BookRecord, name: string): string {
  const value = content[name];
  return typeof value === 'string' ? value : '';
}

/** From, to and what: `transfer A>B 2024`. */
function leg(from: string, to: string, period: string): string {
  return `transfer ${from}>${to} ${period}`;
}

function legs(input: PredicateInput): Identity[] {
  return input.records.flatMap((record) => {
    const [to, day] = [text(record, 'to'), text(record, 'tradedOn')];
    if (to === '' || !isDay(day)) return [];
    const id = leg(record.subject.uscc, to, record.subject.period);
    return [{ id, at: record.key, address: addressOf(record.key, 'to'), note: `${day} ${text(record, 'quantity_t')}` }];
  });
}

/** Whole tonnes; what is no number is none. */
function tonnes(text: string): Decimal {
  return new Decimal(/^[0-9]+$/.test(text) ? text : 0);
}

/** About the same quantity, the other way, within days. */
function isReturn(input: PredicateInput, record: BookRecord, note: string): boolean {
  const [day = '', back = ''] = note.split(' ');
  const given = tonnes(text(record, 'quantity_t'));
  const gone = daysBetween(text(record, 'tradedOn'), day);
  const isNear = given
    .minus(tonnes(back))
    .abs()
    .lte(given.times(input.limit('share', record)));
  return gone >= 0 && input.limit('days', record).gte(gone) && isNear;
}

/** What was given comes back to its giver within days: a trade that nobody wanted. */
function returnHits(input: PredicateInput): PredicateHit[] {
  const { holders } = input;
  if (holders === undefined) throw new Lacking('other enterprises were not read');
  return input.records.flatMap((record): PredicateHit[] => {
    const [to, day] = [text(record, 'to'), text(record, 'tradedOn')];
    if (to === '' || !isDay(day)) return [];
    const back = holders(leg(to, record.subject.uscc, record.subject.period)).find(({ note }) =>
      isReturn(input, record, note),
    );
    if (back === undefined) return [];
    const touches = [addressOf(record.key, 'to'), back.address];
    return [
      {
        at: record.key,
        touches,
        got: `back on ${back.note}`,
        limit: `not within ${input.limit('days', record).toFixed()} d`,
      },
    ];
  });
}

export const returns: Predicate = { takes: [], mayTake: [], isWide: true, identities: legs, find: returnHits };

/** The trade's month, or the days of the year that the rule names (`12-22`, `12-31`); undefined outside of them. */
function spanOf(input: PredicateInput, record: BookRecord): string | undefined {
  const day = text(record, 'tradedOn');
  const [from, to = ''] = input.arguments('days');
  if (from === undefined) return day.slice(0, 7);
  return day.slice(5) >= from && day.slice(5) <= to ? `${day.slice(0, 4)} ${from} ${to}` : undefined;
}

function trades(input: PredicateInput): Identity[] {
  return input.records.flatMap((record) => {
    const span = spanOf(input, record);
    if (span === undefined) return [];
    const id = `trades ${record.kind} ${record.subject.period} ${span}`;
    const note = `${text(record, 'to')} ${text(record, 'quantity_t')}`;
    return [{ id, at: record.key, address: addressOf(record.key, 'quantity_t'), note }];
  });
}

function amount({ note }: Identity): Decimal {
  return tonnes(note.split(' ')[1] ?? '');
}

function total(all: readonly Identity[]): Decimal {
  return all.reduce((sum, one) => sum.plus(amount(one)), new Decimal(0));
}

function shareHit(
  input: PredicateInput,
  trade: Identity,
  record: BookRecord,
  all: readonly Identity[],
): PredicateHit[] {
  const traded = total(all);
  // Of nothing nobody has a share.
  if (traded.isZero()) return [];
  const own = total(all.filter(({ note }) => note.split(' ')[0] === trade.note.split(' ')[0]));
  const share = own.div(traded).times(100);
  const most = input.limit(input.argument('share') || 'share', record);
  if (share.lte(most)) return [];
  return [{ at: trade.at, touches: [trade.address], got: `${share.toFixed(1)} %`, limit: `≤ ${most.toFixed()} %` }];
}

/** One buyer takes a great share of what changed hands in a month, or in the days before the deadline. */
function concentrationHits(input: PredicateInput): PredicateHit[] {
  const { holders } = input;
  if (holders === undefined) throw new Lacking('other enterprises were not read');
  return trades(input).flatMap((trade): PredicateHit[] => {
    const record = input.index.at(trade.at);
    const all = holders(trade.id);
    if (record === undefined || input.limit(input.argument('least') || 'least', record).gt(all.length)) return [];
    return shareHit(input, trade, record, all);
  });
}

export const concentration: Predicate = {
  takes: [],
  mayTake: ['days', 'share', 'least'],
  isWide: true,
  identities: trades,
  find: concentrationHits,
};

function rangeOf(record: BookRecord): SerialRange | undefined {
  try {
    return parseSerialRange(text(record, 'serialFrom'), text(record, 'serialTo'));
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** A number of a block stands in one range only. */
function serialHits({ records }: PredicateInput): PredicateHit[] {
  return records.flatMap((record, index): PredicateHit[] => {
    const range = rangeOf(record);
    const other = records.slice(0, index).find((earlier) => {
      const taken = rangeOf(earlier);
      return range !== undefined && taken !== undefined && rangesOverlap(range, taken);
    });
    if (other === undefined) return [];
    const touches = ['serialFrom', 'serialTo'].map((name) => addressOf(record.key, name));
    return [{ at: record.key, touches, got: text(record, 'serialFrom'), limit: `not in ${other.key}` }];
  });
}

export const serials: Predicate = { takes: [], mayTake: [], find: serialHits };
