import { randomBytes } from 'node:crypto';
import {
  businessKey,
  digestOf,
  draftRecord,
  LedgerError,
  recordLeafHash,
  recordWords,
  toHex,
  type AnchoredRecord,
  type BuiltRecord,
  type Draft,
} from '@carbon-ledger/core';
import type { AnswerOf } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import type { Services } from '../services';

export function draftHandlers(services: Services): Pick<Handlers, 'createDraft'> {
  return { createDraft: (request) => createDraft(services, request) };
}

/** Salts of a draft are nobody's yet: 128 bits at random, which the party takes over with the draft or makes itself. */
function salt(): string {
  return randomBytes(16).toString('hex');
}

function builtOf({ id, record, figures = [] }: AnchoredRecord): BuiltRecord {
  return { id, key: businessKey(record), record, figures };
}

/** As many as a record may hold: each is looked up. */
const MOST_CITED = 400;

/** @throws LedgerError BAD_REQUEST */
function assertFewCited({ cites = {} }: RouteRequest<'createDraft'>['body']): void {
  const count = Object.values(cites).reduce((sum, ofRole) => sum + ofRole.length, 0);
  if (count <= MOST_CITED) return;
  const message = `${String(count)} records are cited; a record cites at most ${String(MOST_CITED)} others`;
  throw new LedgerError('BAD_REQUEST', message, { faults: [{ path: '/cites', code: 'BAD_REQUEST', message }] });
}

async function createDraft(services: Services, request: RouteRequest<'createDraft'>): Promise<Reply> {
  const { body, caller, spend } = request;
  const { agenda, views, facts } = services;
  const asking = caller && (await agenda.asking(caller.party));
  if (asking === undefined) throw new LedgerError('PARTY_UNKNOWN');
  assertFewCited(body);
  spend(prices.question);
  const now = agenda.now;
  const reading = views.source({ caller, spend });
  const source = {
    ...agenda.source((records) => {
      spend(records * prices.headRead);
    }),
    built: async (id: string) => {
      const [found] = await reading.records([id]);
      return found && builtOf(found);
    },
  };
  const { ledgerId: ledger, founder } = facts;
  const tools = { rulebook: await agenda.rulebook(), source, salt, now, ledger, founder };
  const draft = await draftRecord({ ...body, issuer: asking.uscc }, asking, tools);
  return { json: draftView(draft, { ledger: facts.ledgerId, party: asking.uscc, signedAt: now }) };
}

function draftView(
  { built, faults, open, figures: asked, proposed, on, due }: Draft,
  statement: { readonly ledger: string; readonly party: string; readonly signedAt: string },
): AnswerOf<'createDraft'> {
  const { record, id, key, figures } = built;
  return {
    record,
    recordId: id,
    key,
    figures: [...figures],
    ...statement,
    digest: `0x${toHex(digestOf(statement, [recordLeafHash(record)]))}`,
    words: copied(recordWords(record, figures)),
    faults: faults.map(({ details, ...fault }) => ({ ...fault, ...(details === undefined ? {} : { details }) })),
    open: open.map(({ role, candidates }) => ({ role, candidates: [...candidates] })),
    asked: [...asked],
    ...(Object.keys(proposed).length === 0 ? {} : { proposed: { ...proposed } }),
    ...(on === undefined ? {} : { on }),
    ...(due === undefined ? {} : { due }),
  };
}

function copied({ en, zh }: ReturnType<typeof recordWords>): { en: string[]; zh: string[] } {
  return { en: [...en], zh: [...zh] };
}
