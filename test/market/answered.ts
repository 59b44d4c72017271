import { routes } from '@carbon-ledger/client-sdk';
import {
  agendaOf,
  impactOfWithdrawal,
  rulebooks,
  type PartyContent,
  type PartyKind,
  type RecordType,
  type Rulebook,
} from '@carbon-ledger/core';
import { takenBack } from '../../core/src/provenance/accounts';
import { balanceOf } from '../../core/src/state/holdings';
import { agendaSource } from '../support/agenda-source';
import type { MemoryLedger } from '../support/memory-ledger';

const rulebook = rulebooks.get(1) as Rulebook;
const pools = ['held', 'surrendered', 'cancelled', 'deducted'] as const;
const isPool = (account: string): account is (typeof pools)[number] => pools.some((pool) => pool === account);

/** What a ledger is asked once a story was told on it: what rests on each record, and what waits for each party. */
export class Answered {
  readonly types = new Set<RecordType>();
  readonly kinds = new Set<PartyKind>();

  async ask(ledger: MemoryLedger): Promise<void> {
    await this.#askImpacts(ledger);
    await this.#askInboxes(ledger);
    await heldAsMoved(ledger);
  }

  async #askImpacts(ledger: MemoryLedger): Promise<void> {
    for (const { id, record } of ledger.all()) {
      const found = await impactOfWithdrawal(ledger, id, '90');
      expect(routes.impact.answer.safeParse(found).error?.issues).toBeUndefined();
      for (const { party, account } of found.accounts) expect([account, party]).not.toContain('');
      this.types.add(record.type);
    }
  }

  /** No agenda fails, and what it tells is a record that may be filed. */
  async #askInboxes(ledger: MemoryLedger): Promise<void> {
    for (const { record } of ledger.all()) {
      if (record.type !== 'party') continue;
      const party = await ledger.get('party', record.subject.uscc);
      if (party === undefined) continue;
      const { duties } = await agendaOf(rulebook, agendaSource(ledger), { uscc: record.subject.uscc, party }, now);
      for (const { file } of duties) expect(Object.keys(rulebook.types)).toContain(file.type);
      this.kinds.add((record.content as Pick<PartyContent, 'kind'>).kind);
    }
  }
}

const now = '2025-03-04T00:00:00Z';

/** What all records did to accounts, taken back, is what the accounts hold: nothing was moved that is not told, or told that was not moved. */
async function heldAsMoved(ledger: MemoryLedger): Promise<void> {
  const { accounts } = await takenBack(ledger, ledger.all());
  for (const { party, year, account, change_t } of accounts) {
    if (isPool(account)) {
      const there = await balanceOf(ledger, { account: party, pool: account }, year);
      expect([party, year, account, change_t]).toEqual([party, year, account, (-there).toString()]);
    }
    const offset = await ledger.get('offset', `${party}/${year}`);
    if (account === 'ccerCancelled') expect(change_t).toBe((-BigInt(offset?.cancelled ?? '0')).toString());
    if (account === 'ccerBooked') {
      const booked = (offset?.bookings ?? []).reduce((sum, { q }) => sum + BigInt(q), 0n);
      expect(change_t).toBe((-booked).toString());
    }
  }
}
