import { addDays, isDay } from '../../calendar';
import { normaliseIdentifier } from '../../identifiers';
import { addressOf, type BookRecord } from '../book';
import { Lacking } from '../lacking';
import type { Predicate, PredicateHit, PredicateInput } from './predicate';

interface Held {
  readonly number?: unknown;
  readonly scope?: unknown;
  readonly validFrom?: unknown;
  readonly validTo?: unknown;
}

function text(record: BookRecord, name: string): string {
  const value = record.content[name];
  return typeof value === 'string' ? value : '';
}

/** The certificates of the laboratory. @throws Lacking where it is not registered */
function certificatesOf({ index }: PredicateInput, { issuer }: BookRecord): readonly Held[] {
  const held = index.at(`${issuer}/-/-/party`)?.content['qualifications'];
  if (!Array.isArray(held)) throw new Lacking('no registration of the laboratory');
  return held as readonly Held[];
}

function isHeldOn({ validFrom, validTo }: Held, day: string): boolean {
  const hasBegun = typeof validFrom !== 'string' || validFrom <= day;
  return hasBegun && (typeof validTo !== 'string' || day <= validTo);
}

function coverage({ scope }: Held, wanted: readonly string[]): readonly string[] {
  const covered = Array.isArray(scope) ? scope.map(String) : [];
  return wanted.filter((word) => !covered.some((one) => normaliseIdentifier(one) === normaliseIdentifier(word)));
}

/** CMA or CNAS on the stamp, valid on the days of the test, and covering what was tested. */
function qualificationHits(input: PredicateInput): PredicateHit[] {
  return input.records.flatMap((record): PredicateHit[] => {
    const number = text(record, 'qualification');
    const found = certificatesOf(input, record).find((one) => one.number === number);
    const touches = [addressOf(record.key, 'qualification'), addressOf(record.key, 'testEnd')];
    const at = record.key;
    if (found === undefined) return [{ at, touches, got: number, limit: 'a certificate of this laboratory' }];
    const day = text(record, 'testEnd');
    if (!isHeldOn(found, day)) return [{ at, touches, got: day, limit: 'a day on which the certificate is valid' }];
    const missing = coverage(found, input.arguments('scope'));
    return missing.length === 0
      ? []
      : [{ at, touches, got: `not ${missing.join(', ')}`, limit: 'a scope that covers the tests' }];
  });
}

export const qualified: Predicate = { takes: ['scope'], mayTake: [], find: qualificationHits };

/** The certificate ends soon after the test. */
function endingHits(input: PredicateInput): PredicateHit[] {
  return input.records.flatMap((record): PredicateHit[] => {
    const found = certificatesOf(input, record).find((one) => one.number === text(record, 'qualification'));
    const [day, end] = [text(record, 'testEnd'), found?.validTo];
    if (typeof end !== 'string' || !isDay(day)) return [];
    const last = addDays(day, input.limit('days', record).toNumber());
    if (end > last) return [];
    return [{ at: record.key, touches: [addressOf(record.key, 'qualification')], got: end, limit: `after ${last}` }];
  });
}

export const qualificationEnding: Predicate = { takes: [], mayTake: [], find: endingHits };

/** As the number is compared everywhere, however it is written. */
const numberOf = (record: BookRecord): string => normaliseIdentifier(text(record, 'reportNo'));
const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Numbers of one laboratory rise with the days of issue: a gap that is filled later shows. */
function risingHits(input: PredicateInput): PredicateHit[] {
  const numbered = [...input.records]
    .filter((record) => text(record, 'reportNo') !== '' && isDay(text(record, 'issued')))
    .sort((a, b) => compareTexts(numberOf(a), numberOf(b)));
  const last = new Map<string, BookRecord>();
  return numbered.flatMap((record): PredicateHit[] => {
    const series = `${record.issuer} ${record.subject.unit}`;
    const before = last.get(series);
    last.set(series, record);
    if (before === undefined || text(before, 'issued') <= text(record, 'issued')) return [];
    const touches = [
      addressOf(record.key, 'reportNo'),
      addressOf(record.key, 'issued'),
      addressOf(before.key, 'issued'),
    ];
    const limit = `≥ ${text(before, 'issued')} of ${text(before, 'reportNo')}`;
    return [{ at: record.key, touches, got: text(record, 'issued'), limit }];
  });
}

export const rising: Predicate = { takes: [], mayTake: [], find: risingHits };

function secondsOf({ anchoredAt = '' }: BookRecord): number {
  return Date.parse(anchoredAt) / 1000;
}

/** Records of many periods that were anchored together. */
function bunchedHits(input: PredicateInput): PredicateHit[] {
  const timed = input.records.filter(({ anchoredAt }) => anchoredAt !== undefined);
  if (timed.length < input.records.length) throw new Lacking('when it was anchored');
  return timed.flatMap((record): PredicateHit[] => {
    const near = timed.filter(
      (other) =>
        other.subject.unit === record.subject.unit &&
        Math.abs(secondsOf(other) - secondsOf(record)) <= input.limit('seconds', record).toNumber(),
    );
    const months = new Set(near.map(({ subject }) => subject.period));
    const most = input.limit('months', record);
    if (most.gt(months.size)) return [];
    return [
      {
        at: record.key,
        touches: [addressOf(record.key, 'record')],
        got: `${[...months].sort().join(', ')} within ${input.limit('seconds', record).toFixed()} s`,
        limit: `< ${most.toFixed()} months`,
      },
    ];
  });
}

export const bunched: Predicate = { takes: [], mayTake: [], find: bunchedHits };
