import { isLedgerError } from '../errors';
import { parseSerialRange, type SerialRange } from '../identifiers';
import type { LedgerRecord } from '../records';
import type { PartyKey } from '../rulebook';
import type { MarkName } from './names';
import type { AnchoredRecord } from './source';

/** What whoever reads a record must know of it beside how it stands. */
export interface Mark {
  readonly mark: MarkName;
  /** `late`: natural days between the due day and its first version, Asia/Shanghai. */
  readonly days?: number | undefined;
  /** `key-compromised`: the key that signed it, and the instant (RFC 3339) since when its word counts for nothing. */
  readonly keyId?: string | undefined;
  readonly since?: string | undefined;
  /** Business key of the finding, the inspection, the freeze of numbers, or the input that does not stand. */
  readonly by?: string | undefined;
  /** `input-withdrawn`, `input-doubted`: how many more inputs do not stand, or are in doubt. */
  readonly others?: number | undefined;
}

/** Something that a record rests on, near or far, and that does not stand, or is in doubt. */
export interface RestedOn {
  readonly id: string;
  readonly key: string;
}

/** A place in the log, and when it was anchored (RFC 3339). */
export interface LogPlace {
  readonly logIndex: number;
  readonly anchoredAt: string;
}

/** An inspection that held a plant's year frozen from its opening on, until it was closed. */
export interface Freeze {
  /** Business key. */
  readonly inspection: string;
  readonly from: LogPlace;
  readonly until?: LogPlace;
}

/** What marks are told by. */
export interface MarkFacts {
  /** Id of the key that signed a record of the ledger. */
  signedWith(id: string): Promise<string | undefined>;
  /** Keys of a party, as registered last. */
  keysOf(uscc: string): Promise<readonly PartyKey[]>;
  /** Natural days that the first version of a record was late. */
  lateDays(record: LedgerRecord): Promise<number | undefined>;
  /** What a record rests on and does not stand, in the order of the keys. */
  endedInputs(id: string): Promise<readonly RestedOn[]>;
  /** What a record rests on and is in doubt itself, though it stands, in the order of the keys. */
  doubtedInputs(id: string): Promise<readonly RestedOn[]>;
  freezes(uscc: string, year: string): Promise<readonly Freeze[]>;
  /** Business keys of the findings about a record that stand and are not closed. */
  findings(one: Pick<AnchoredRecord, 'id' | 'record'>): Promise<readonly string[]>;
  /** Business keys of what keeps numbers of a range for one use. */
  frozenNumbers(range: SerialRange): Promise<readonly string[]>;
}

type Marking = (one: AnchoredRecord, facts: MarkFacts) => Promise<readonly Mark[]>;

const lateness: Marking = async ({ record }, facts) => {
  const days = await facts.lateDays(record);
  return days === undefined ? [] : [{ mark: 'late', days }];
};

/** However early it says to be signed: what counts is when the ledger had it. */
const compromised: Marking = async ({ id, record, anchoredAt, earlier }, facts) => {
  const at = earlier?.anchoredAt ?? anchoredAt;
  const isBad = ({ compromisedSince }: PartyKey): boolean => compromisedSince !== undefined && at >= compromisedSince;
  const bad = (await facts.keysOf(record.issuer)).filter(isBad);
  // Who signed is only looked up where it matters: nearly no party ever lost a key.
  const keyId = bad.length === 0 ? undefined : await facts.signedWith(id);
  return bad
    .filter((key) => key.id === keyId)
    .map((key) => ({ mark: 'key-compromised', keyId: key.id, since: key.compromisedSince }));
};

const found: Marking = async (one, facts) => (await facts.findings(one)).map((by) => ({ mark: 'under-finding', by }));

/** Until it is filed again: its next version can only cite what stands. */
const ended: Marking = async ({ id, status }, facts) =>
  status === 'current' ? markOfInputs('input-withdrawn', await facts.endedInputs(id)) : [];

/** As long as its input is: a word is worth no more than what it rests on. */
const doubted: Marking = async ({ id, status }, facts) =>
  status === 'current' ? markOfInputs('input-doubted', await facts.doubtedInputs(id)) : [];

function markOfInputs(mark: MarkName, [first, ...others]: readonly RestedOn[]): Mark[] {
  if (first === undefined) return [];
  return [{ mark, by: first.key, ...(others.length === 0 ? {} : { others: others.length }) }];
}

function markOf({ inspection, from, until }: Freeze, logIndex: number): Mark[] {
  // The opening itself, its plan and what is found are the inspection's, and stand under the authority.
  if (logIndex <= from.logIndex) return until === undefined ? [{ mark: 'frozen', by: inspection }] : [];
  const isInside = until === undefined || logIndex < until.logIndex;
  return isInside ? [{ mark: 'filed-while-frozen', by: inspection }] : [];
}

const frozen: Marking = async ({ record: { subject }, logIndex }, facts) => {
  const freezes = await facts.freezes(subject.uscc, subject.period.slice(0, 4));
  return freezes.flatMap((freeze) => markOf(freeze, logIndex));
};

function rangeOf({ content }: LedgerRecord): SerialRange | undefined {
  const { serialFrom, serialTo } = content;
  if (typeof serialFrom !== 'string' || typeof serialTo !== 'string') return undefined;
  try {
    return parseSerialRange(serialFrom, serialTo);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

const numbers: Marking = async ({ record }, facts) => {
  const range = record.type === 'ccer-freeze' ? undefined : rangeOf(record);
  const holders = range === undefined ? [] : await facts.frozenNumbers(range);
  return [...new Set(holders)].map((by) => ({ mark: 'numbers-frozen', by }));
};

/** Which marking tells a mark: who asks for one mark asks nothing else. */
const markings: Readonly<Record<MarkName, Marking>> = {
  late: lateness,
  'key-compromised': compromised,
  'under-finding': found,
  'input-withdrawn': ended,
  'input-doubted': doubted,
  frozen,
  'filed-while-frozen': frozen,
  'numbers-frozen': numbers,
};
const allMarkings = [...new Set(Object.values(markings))];

/**
 * The marks of a record: late; signed with a key that was in other hands; under a finding; resting on what was withdrawn, or is
 * in doubt; held by an inspection, or filed while one held the plant's year; of numbers that are kept for one use. Every list, page and trace
 * takes them from here.
 */
export async function marksOf(one: AnchoredRecord, facts: MarkFacts): Promise<Mark[]> {
  return (await Promise.all(allMarkings.map((marking) => marking(one, facts)))).flat();
}

/** Whether {@link marksOf} tells this mark of the record. */
export async function isMarked(one: AnchoredRecord, name: MarkName, facts: MarkFacts): Promise<boolean> {
  return (await markings[name](one, facts)).some(({ mark }) => mark === name);
}
