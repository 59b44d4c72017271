import { isLedgerError } from '../errors';
import { parseSerialRange } from '../identifiers';
import type { LedgerRecord } from '../records';
import { recordTypes } from '../rulebook';
import type { Effect, EffectNamed } from '../rulebook/effects';
import type { Pool, SerialSpace } from '../state';
import type { AccountName } from './names';
import type { AnchoredRecord, RecordSource } from './source';

/** A change of one account. */
export interface AccountChange {
  /** USCC of whose account it is. */
  readonly party: string;
  /** Vintage of allowances, compliance year of obligations and offsets; `-` for numbers of no year. */
  readonly year: string;
  readonly account: AccountName;
  /** Whole tonnes with their sign; null where the record does not say how many. */
  readonly change_t: string | null;
}

interface Moved extends Omit<AccountChange, 'change_t'> {
  readonly tonnes: bigint | null;
}

const inPool: Readonly<Record<Pool, AccountName | undefined>> = {
  // What was not issued is on nobody's account.
  issued: undefined,
  held: 'held',
  surrendered: 'surrendered',
  cancelled: 'cancelled',
  deducted: 'deducted',
};

const inSpace: Readonly<Record<SerialSpace, AccountName>> = {
  lot: 'ccerIssued',
  frozen: 'ccerFrozen',
  used: 'ccerUsed',
};

/** How many numbers a record states; null where they make no range: its type's own checks refuse that. */
function countOf({ serialFrom, serialTo }: { readonly serialFrom: string; readonly serialTo: string }): bigint | null {
  try {
    const { from, to } = parseSerialRange(serialFrom, serialTo);
    return to - from + 1n;
  } catch (error) {
    if (isLedgerError(error)) return null;
    throw error;
  }
}

const minus = (tonnes: bigint | null): bigint | null => (tonnes === null ? null : -tonnes);

/** A whole number of a record's content; null where there is none. */
function wholeOf({ content }: LedgerRecord, name: string): bigint | null {
  const value = content[name];
  return typeof value === 'string' && /^-?[0-9]+$/.test(value) ? BigInt(value) : null;
}

type Movements = {
  readonly [Name in Effect['do']]: (effect: EffectNamed<Name>, record: LedgerRecord) => readonly Moved[];
};

const nothing = (): readonly Moved[] => [];

/** Numbers stand under whom the record is about. */
function numbers({ subject }: LedgerRecord, space: SerialSpace, tonnes: bigint | null): readonly Moved[] {
  return [{ party: subject.uscc, year: subject.period.slice(0, 4), account: inSpace[space], tonnes }];
}

/** What each effect of a record does to accounts. A kind of effect that is added says here what it moves, or does not compile. */
const movements: Movements = {
  move: ({ from, to, vintage, qty }) =>
    [[from, -BigInt(qty)] as const, [to, BigInt(qty)] as const].flatMap(([{ account: party, pool }, tonnes]) => {
      const account = inPool[pool];
      return account === undefined ? [] : [{ party, year: vintage, account, tonnes }];
    }),
  // What it came to depends on what was issued before; the record states it, and the ledger held it to that.
  allocate: ({ account, uscc, vintage: year }, record) => [
    { party: account, year, account: 'held', tonnes: wholeOf(record, 'credited_t') },
    { party: uscc, year, account: 'deducted', tonnes: wholeOf(record, 'deducted_t') },
  ],
  'hand-back': ({ uscc: party, vintage: year, qty }) => [{ party, year, account: 'handBack', tonnes: -BigInt(qty) }],
  deduct: ({ uscc: party, vintage: year, qty }) => [{ party, year, account: 'deduction', tonnes: BigInt(qty) }],
  offset: ({ uscc: party, year, confirmed, cancelled, booked }) => {
    const rows = [
      ['ccerConfirmed', confirmed],
      ['ccerCancelled', cancelled?.qty],
      ['ccerBooked', booked],
    ] as const;
    return rows.flatMap(([account, tonnes]) =>
      tonnes === undefined ? [] : [{ party, year, account, tonnes: BigInt(tonnes) }],
    );
  },
  // What was confirmed before, its confirmation says.
  unconfirm: ({ uscc: party, year }) => [{ party, year, account: 'ccerConfirmed', tonnes: null }],
  verified: ({ uscc: party, year, tonnes }) =>
    tonnes === null ? [] : [{ party, year, account: 'obligation', tonnes: BigInt(tonnes) }],
  'add-serials': (effect, record) => numbers(record, effect.space, countOf(effect)),
  'free-serials': (effect, record) => numbers(record, effect.space, minus(countOf(effect))),
  // A release takes what is left of a freeze: how much that is, no record says.
  'take-serials': (effect, record) =>
    numbers(record, effect.space, effect.of === undefined ? minus(countOf(effect)) : null),
  comply: nothing,
  'register-party': nothing,
  'end-party': nothing,
  claim: nothing,
  'claim-facility': nothing,
  'propose-units': nothing,
  'accept-units': nothing,
  'propose-change': nothing,
  'withdraw-units': nothing,
  engage: nothing,
  disengage: nothing,
  list: nothing,
  unlist: nothing,
  freeze: nothing,
  thaw: nothing,
  'enter-item': nothing,
  'strike-item': nothing,
  'set-edition': nothing,
};

function movedBy(effect: Effect, record: LedgerRecord): readonly Moved[] {
  const moved = movements[effect.do] as (effect: Effect, record: LedgerRecord) => readonly Moved[];
  return moved(effect, record);
}

/** Parties that an effect speaks of. */
function namedIn(effect: Effect): readonly string[] {
  if (effect.do === 'move') return [effect.from.account, effect.to.account];
  if (effect.do === 'allocate') return [effect.uscc, effect.account];
  return 'uscc' in effect ? [effect.uscc] : [];
}

async function effectsOf(
  source: Pick<RecordSource, 'records'>,
  { record, id, anchoredAt }: AnchoredRecord,
): Promise<readonly Effect[]> {
  const { effects } = recordTypes[record.type];
  if (effects === undefined) return [];
  const cited = await source.records(record.cites.map((one) => one.record));
  const inRole = (role: string): LedgerRecord[] =>
    record.cites.flatMap((one, at) => (one.role === role && cited[at] !== undefined ? [cited[at].record] : []));
  return effects({ record, id: id.slice(4), content: record.content, time: anchoredAt, cited: inRole });
}

/** What records did to accounts, and of whom they spoke. */
export interface Done {
  readonly accounts: readonly AccountChange[];
  readonly parties: readonly string[];
}

const placeOf = ({ party, year, account }: Moved): string => `${party} ${year} ${account}`;

function summed(moved: readonly Moved[]): AccountChange[] {
  const sums = new Map<string, Moved>();
  for (const one of moved) {
    const before = sums.get(placeOf(one));
    const known = before === undefined ? 0n : before.tonnes;
    sums.set(placeOf(one), { ...one, tonnes: known === null || one.tonnes === null ? null : known + one.tonnes });
  }
  return [...sums.values()]
    .filter(({ tonnes }) => tonnes !== 0n)
    .map(({ party, year, account, tonnes }) => ({ party, year, account, change_t: textOf(tonnes) }));
}

const textOf = (tonnes: bigint | null): string | null => (tonnes === null ? null : tonnes.toString());

/** What would change on accounts if records had not been filed: the sum of what each of them did, taken back. */
export async function takenBack(
  source: Pick<RecordSource, 'records'>,
  records: readonly AnchoredRecord[],
): Promise<Done> {
  const moved: Moved[] = [];
  const parties = new Set<string>();
  for (const anchored of records)
    for (const effect of await effectsOf(source, anchored)) {
      for (const party of namedIn(effect)) parties.add(party);
      moved.push(...movedBy(effect, anchored.record).map((one) => ({ ...one, tonnes: minus(one.tonnes) })));
    }
  return { accounts: summed(moved), parties: [...parties] };
}
