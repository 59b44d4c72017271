import type { BuiltRecord } from '@carbon-ledger/core';
import type { Held, Invariant } from './invariants';

interface Moved {
  /** Key of the row in the state. */
  readonly key: string;
  readonly tonnes: bigint;
}

/** One movement: of a vintage, from a place to a place (`account pool`). */
interface Movement {
  readonly vintage: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly qty: bigint;
}

interface Row {
  readonly vintage: string;
  readonly qty: string;
  readonly account?: string;
}

type ById = ReadonlyMap<string, BuiltRecord>;

function creditMovements({ record }: BuiltRecord, byId: ById): Movement[] {
  const { uscc, period: vintage } = record.subject;
  const { credited_t, deducted_t, account } = record.content as Readonly<Record<string, string>>;
  const [cited] = record.cites;
  const issuer = byId.get(cited?.record ?? '')?.record.issuer ?? '';
  const off = BigInt(deducted_t ?? '0');
  const [issued, deducted] = [`${uscc} issued`, `${uscc} deducted`];
  const holder = account === 'provincial' ? issuer : uscc;
  return [
    { vintage, line: 0, from: issued, to: `${holder} held`, qty: BigInt(credited_t ?? '0') },
    off < 0n
      ? { vintage, line: 1, from: deducted, to: issued, qty: -off }
      : { vintage, line: 1, from: issued, to: deducted, qty: off },
  ];
}

function surrenderMovements({ record }: BuiltRecord): Movement[] {
  const { uscc } = record.subject;
  return ((record.content['allowances'] ?? []) as readonly Row[]).map(({ vintage, qty, account = uscc }, line) => ({
    ...{ vintage, line, from: `${account} held`, to: `${uscc} surrendered`, qty: BigInt(qty) },
  }));
}

const ends: Readonly<Record<string, string>> = {
  ...{ cancellation: 'cancelled', 'hand-back': 'issued', 'carry-over': 'issued' },
};

function transferMovements({ record }: BuiltRecord): Movement[] {
  const { uscc, period: vintage } = record.subject;
  const { how = '', to = '', quantity_t = '0', toVintage } = record.content as Readonly<Record<string, string>>;
  const end = ends[how];
  const qty = BigInt(quantity_t);
  const held = `${uscc} held`;
  const given = { vintage, line: 0, from: held, to: end === undefined ? `${to} held` : `${uscc} ${end}`, qty };
  return toVintage === undefined
    ? [given]
    : [given, { vintage: toVintage, line: 1, from: `${uscc} issued`, to: held, qty }];
}

/** What each kind of record moves of allowances, said a second time: by its content alone. */
const movements: Readonly<Record<string, (built: BuiltRecord, byId: ById) => Movement[]>> = {
  'allowance-credit': creditMovements,
  surrender: surrenderMovements,
  'allowance-transfer': transferMovements,
};

function rowsOf(built: BuiltRecord, { vintage, line, from, to, qty }: Movement): Moved[] {
  const key = (place: string): string => {
    const [account = '', pool = ''] = place.split(' ');
    return `${account}/${vintage}/${pool}/${built.id.slice(4)}-${String(line)}`;
  };
  return qty === 0n
    ? []
    : [
        { key: key(from), tonnes: -qty },
        { key: key(to), tonnes: qty },
      ];
}

function sumBy(moved: readonly Moved[], nameOf: (parts: readonly string[]) => string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { key, tonnes } of moved) {
    const name = nameOf(key.split('/'));
    sums.set(name, (sums.get(name) ?? 0n) + tonnes);
  }
  return sums;
}

/** What is not yet issued is below zero, and nothing else is. */
function signFaults(moved: readonly Moved[]): string[] {
  const places = sumBy(moved, ([account = '', vintage = '', pool = '']) => `${account} ${vintage} ${pool}`);
  return [...places]
    .filter(([place, sum]) => (place.endsWith('issued') ? sum > 0n : sum < 0n))
    .map(([place, sum]) => `${place}: ${sum.toString()}`);
}

async function rowFaults(moved: readonly Moved[], held: Held): Promise<string[]> {
  const found = await Promise.all(moved.map(({ key }) => held.get('holding', key)));
  return moved.flatMap(({ key, tonnes }, index) => {
    const got = found[index]?.q;
    return got === tonnes.toString() ? [] : [`${key}: ${String(got)}, not ${tonnes.toString()}`];
  });
}

/**
 * Of every vintage: issued = held + surrendered + cancelled + deducted, over all accounts, and none of them below zero;
 * and the rows of the state are those that the records say.
 */
export const conserved: Invariant = async (held) => {
  const byId = new Map(held.records.map(({ built }) => [built.id, built]));
  const moved = held.records.flatMap(({ built }) =>
    (movements[built.record.type]?.(built, byId) ?? []).flatMap((movement) => rowsOf(built, movement)),
  );
  const lost = [...sumBy(moved, ([, vintage = '']) => vintage)].filter(([, sum]) => sum !== 0n);
  return [
    ...(await rowFaults(moved, held)),
    ...signFaults(moved),
    ...lost.map(([vintage, sum]) => `${vintage}: ${sum.toString()} t from nowhere`),
  ];
};
