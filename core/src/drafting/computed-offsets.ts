import { isLedgerError } from '../errors';
import { parseSerialRange, serialCount } from '../identifiers';
import type { RecordType } from '../records';
import type { BuiltRecord } from '../rulebook';
import { citedIn, type Computing, type Fields, type Telling } from './computing';

type Content = BuiltRecord['record']['content'];

/** Whole tonnes of a range of numbers; undefined for what is none. */
function countOf({ serialFrom, serialTo }: Content): string | undefined {
  if (typeof serialFrom !== 'string' || typeof serialTo !== 'string') return undefined;
  try {
    return serialCount(parseSerialRange(serialFrom, serialTo)).toString();
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** Numbers and their count: those that are stated, else all that another record has. */
function numbers(stated: Content, of: Content = {}): Fields {
  const isStated = stated['serialFrom'] !== undefined || stated['serialTo'] !== undefined;
  const { serialFrom, serialTo } = isStated ? stated : of;
  return { serialFrom, serialTo, qty: countOf({ serialFrom, serialTo }) };
}

async function accountOf({ record, source }: Computing): Promise<string | undefined> {
  return (await source.get('party', record.subject.uscc))?.content.identifiers?.['ccerAccountId'];
}

/** 冻结, 注销: of the project of the lot, on the account that is bound to the enterprise; the numbers of the freeze, else of the lot. */
async function held(computing: Computing): Promise<Fields> {
  const lot = citedIn(computing, 'ccer-lot')?.record.content;
  const frozen = citedIn(computing, 'ccer-freeze')?.record.content;
  return {
    ...{ projectRef: lot?.['projectRef'], account: await accountOf(computing) },
    ...numbers(computing.record.content, frozen ?? lot),
  };
}

const heldFields = ['projectRef', 'account', 'serialFrom', 'serialTo', 'qty'] as const;

/** 信息同步: what is before the allowance registry is what was frozen, or cancelled in the earlier registry. */
async function sync(computing: Computing): Promise<Fields> {
  const synced = citedIn(computing, 'synced');
  const lot = synced?.record.cites.find(({ role }) => role === 'ccer-lot');
  const project = lot && (await computing.source.record(lot.record));
  const { projectRef, qty } = synced?.record.content ?? {};
  return { projectRef, qty, projectName: project?.content['projectName'] };
}

function reversal(computing: Computing): Fields {
  const { serialFrom, serialTo, qty, purpose } = citedIn(computing, 'reversed')?.record.content ?? {};
  return { serialFrom, serialTo, qty, purpose };
}

/** 解冻: what the freeze froze. */
function release(computing: Computing): Fields {
  const { serialFrom, serialTo } = citedIn(computing, 'ccer-freeze')?.record.content ?? {};
  return { serialFrom, serialTo };
}

/** 抵销确认: what is confirmed is what was applied for, where nothing else is said. */
function confirmation(computing: Computing): Fields {
  if (computing.record.content['decision'] !== 'confirm') return {};
  return { confirmed_t: citedIn(computing, 'application')?.record.content['applied_t'] };
}

/** 抵销登记: a cancellation is booked whole. */
function booking(computing: Computing): Fields {
  return { qty: citedIn(computing, 'ccer-cancellation')?.record.content['qty'] };
}

/** What the ledger can tell of records of the offset. */
export const offsetTellings: Partial<Record<RecordType, Telling>> = {
  'ccer-lot': { fields: ['qty'], tell: ({ record }) => ({ qty: countOf(record.content) }) },
  'ccer-freeze': { fields: heldFields, tell: held },
  'ccer-cancellation': { fields: heldFields, tell: held },
  'ccer-release': { fields: ['serialFrom', 'serialTo'], tell: release },
  'ccer-sync': { fields: ['projectRef', 'projectName', 'qty'], tell: sync },
  'ccer-reversal': { fields: ['serialFrom', 'serialTo', 'qty', 'purpose'], tell: reversal },
  'offset-confirmation': { fields: ['confirmed_t'], tell: confirmation },
  'offset-booking': { fields: ['qty'], tell: booking },
};
