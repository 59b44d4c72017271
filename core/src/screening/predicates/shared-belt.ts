import { formatBusinessKey } from '../../identifiers';
import { addressOf, type BookRecord } from '../book';
import { Lacking } from '../lacking';
import type { Predicate, PredicateHit, PredicateInput } from './predicate';

function planOf({ index }: PredicateInput, { subject }: BookRecord, unit: string): BookRecord | undefined {
  const year = subject.period.slice(0, 4);
  return index.at(formatBusinessKey({ uscc: subject.uscc, unit, period: year }, 'quality-control-plan'));
}

/** Other units that a plan declares on one belt with its own. */
function othersOf({ content }: BookRecord): string[] {
  const declared = content['sharedBelt'];
  return Array.isArray(declared) ? declared.map(String) : [];
}

const beltOf = (plan: BookRecord): string => [plan.subject.unit, ...othersOf(plan)].sort().join(', ');

/** Read by its slashes: a file may be screened before any code in it was held to its check digit. */
const unitOf = (key: string): string => key.split('/')[1] ?? '';

/** Reports of units with which the plan declares no belt. */
function strangerHits(record: BookRecord, plan: BookRecord): PredicateHit[] {
  const served = [record.subject.unit, ...othersOf(plan)];
  return (record.cites['test-report'] ?? [])
    .filter((key) => !served.includes(unitOf(key)))
    .map((key) => ({
      at: record.key,
      touches: [`${key}#record`, addressOf(plan.key, 'sharedBelt')],
      got: key,
      limit: `a report of ${served.join(', ')}`,
    }));
}

/** Plans of a belt that do not say the same of it. */
function planHits(input: PredicateInput, record: BookRecord, plan: BookRecord): PredicateHit[] {
  return othersOf(plan).flatMap((unit): PredicateHit[] => {
    const other = planOf(input, record, unit);
    const got = other === undefined ? `no plan of ${unit}` : beltOf(other);
    if (got === beltOf(plan)) return [];
    const touches = [plan, ...(other === undefined ? [] : [other])].map(({ key }) => addressOf(key, 'sharedBelt'));
    return [{ at: record.key, touches, got, limit: beltOf(plan) }];
  });
}

/** A report serves its own unit and those on the belt that the plans of all of them declare, and no other. */
function beltHits(input: PredicateInput): PredicateHit[] {
  return input.records.flatMap((record) => {
    const plan = planOf(input, record, record.subject.unit);
    if (plan === undefined) throw new Lacking('no quality control plan of the unit');
    return [...strangerHits(record, plan), ...planHits(input, record, plan)];
  });
}

export const sharedBelt: Predicate = { takes: [], mayTake: [], find: beltHits };
