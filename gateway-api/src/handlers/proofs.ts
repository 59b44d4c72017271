import {
  believedAt,
  businessKey,
  citationClosure,
  formatFigureAddress,
  formatReceipt,
  isLedgerError,
  LedgerError,
  originOf,
  parseFigureAddress,
  policyId,
  POLICY_SCHEMA,
  readEarlierCheckpoint,
  shanghaiDay,
  traceFigure,
  verifyReceipt,
  type AnchoredRecord,
  type FigureAddress,
  type Receipt,
  type ReceiptVerdict,
  type Trace,
} from '@carbon-ledger/core';
import type { MediaType } from '@carbon-ledger/client-sdk';
import { prices } from '../http/limits/prices';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import { jsonText } from '../http/send-reply';
import type { Reading } from '../records/record-views';
import { markedDoubt } from '../proofs/doubt';
import { sentReceipts } from '../proofs/sent-receipts';
import { inPieces, inTurns } from '../proofs/turns';
import { verifyItems } from '../proofs/verification';
import type { Caller } from '../records/visibility';
import type { Services } from '../services';
import type { ProvedCheckpoint } from '../witness';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { ledgerFacts } from './ledger-facts';
import { anchored, notAnchored } from './records';

type ProofHandlers = Pick<Handlers, 'getReceipt' | 'getReceipts' | 'prove' | 'verify' | 'traceFigure' | 'trace'>;

export function proofHandlers(services: Services): ProofHandlers {
  return {
    getReceipt: async ({ params: { id }, query, spend }) => {
      spend(prices.receiptMade);
      const entry = await anchored(services, id);
      // In its one spelling: what a program that knows nothing of receipts keeps of the answer is a receipt.
      if (query.log === 'earlier') return { text: formatReceipt(await earlierReceipt(services, entry)) };
      const checkpoint = await bestCheckpoint(services, entry.logIndex);
      return { text: formatReceipt(await services.receipts.make(entry, checkpoint)) };
    },
    getReceipts: async ({ body, spend }) => {
      spend(body.records.length * prices.receiptMade);
      return { json: { receipts: await receiptsOf(services, body.records) } };
    },
    prove: async ({ body, ...reading }) => ({ bytes: await prove(services, body, reading) }),
    verify: async ({ body, spend }) => {
      spend(body.items.length * prices.fileLookedUp + body.receipts.length * prices.receiptChecked);
      const { reader } = services.projection;
      const doubtOf = markedDoubt({ reader, marking: services.views.marking });
      const turn = (): Promise<void> => services.limits.pacer.turn();
      const items = await verifyItems(services.projection, body.items, { doubtOf, spend, turn });
      return { json: { items, receipts: await checkReceipts(services, body.receipts) } };
    },
    traceFigure: async ({ params: { id, name }, query, ...reading }) => {
      const entry = await anchored(services, id);
      const address = parseFigureAddress(formatFigureAddress({ key: businessKey(entry.record), figure: name }));
      if ((await services.projection.reader.head(address.key))?.record !== id) {
        throw new LedgerError(
          'FIGURE_NOT_FOUND',
          `${id} is not the current record of ${address.key}; trace by its key.`,
        );
      }
      return formatted(services, await trace(services, address, reading, query.asOf), query, reading);
    },
    trace: async ({ query, ...reading }) =>
      formatted(services, await trace(services, parseFigureAddress(query.figure), reading, query.asOf), query, reading),
  };
}

/** One after another: what is in a receipt is for its sender to choose. */
async function checkReceipts(services: Services, receipts: readonly unknown[]): Promise<object[]> {
  const { policies, limits } = services;
  const results: object[] = [];
  for (const receipt of receipts) {
    await limits.pacer.turn();
    const verdict = verifyReceipt({ receipt, policy: policies.reachable() });
    results.push({ ...verdict, ...(await standingOf(services, verdict)) });
  }
  return results;
}

/** Whether the record still stands is another question than whether its receipt holds, and the one that people ask. */
async function standingOf({ projection, views }: Services, { record }: ReceiptVerdict): Promise<object> {
  const entry = record === undefined ? undefined : await projection.reader.record(record.id);
  if (entry === undefined) return {};
  const { status, state, doubts } = await views.view(entry, undefined, false);
  return { standing: { status, state, ...(doubts === undefined ? {} : { doubts }) } };
}

/** The checkpoint with the most proofs that covers a leaf: from outside, cosigned by organisations, else the newest. */
export async function bestCheckpoint(services: Services, logIndex: number): Promise<ProvedCheckpoint> {
  const { outside, cosigned, checkpoints } = services;
  const proved = outside?.proofs.bestFor(logIndex);
  if (proved !== undefined) return proved;
  if (cosigned.final !== undefined && cosigned.final.size > logIndex) return cosigned.final;
  return cosigned.withCosignatures(await checkpoints.covering(logIndex + 1));
}

/** @throws LedgerError NOT_FOUND */
async function earlierReceipt({ facts, projection, receipts }: Services, entry: AnchoredEntry): Promise<Receipt> {
  const { earlier } = facts;
  if (earlier === undefined) throw new LedgerError('NOT_FOUND', 'This ledger took over no earlier one.');
  const { ledger, logKey, checkpoint: note } = earlier;
  const size = Number(readEarlierCheckpoint(earlier).size);
  if (projection.log.size < size)
    throw new LedgerError('NOT_READY', 'The earlier ledger has not come in as a whole yet.');
  const policy = {
    schema: POLICY_SCHEMA,
    ledgerId: ledger,
    origin: originOf(ledger),
    logKey,
    witnesses: [],
    quorum: 0,
  };
  return receipts.makeEarlier(entry, { note, size, publishedAt: entry.earlier?.anchoredAt ?? '' }, policyId(policy));
}

/**
 * All under the checkpoint that is current once it covers the last of them.
 * @throws LedgerError NOT_FOUND
 */
async function receiptsOf(services: Services, ids: readonly string[]): Promise<Receipt[]> {
  const entries = await anchoredAll(services, ids);
  const last = entries.reduce((most, { logIndex }) => Math.max(most, logIndex), 0);
  const checkpoint = await bestCheckpoint(services, last);
  return inTurns(services.limits, entries, (entry) => services.receipts.make(entry, checkpoint));
}

/** Read together, so many in a turn. @throws LedgerError NOT_FOUND */
async function anchoredAll({ limits, projection }: Services, ids: readonly string[]): Promise<AnchoredEntry[]> {
  const entries: AnchoredEntry[] = [];
  await inPieces(
    ids,
    () => limits.pacer.turn(),
    async (piece) => {
      for (const [at, entry] of (await projection.reader.records(piece)).entries())
        entries.push(entry ?? notAnchored(piece[at]));
    },
  );
  return entries;
}

/** Opens the asked figure and its path; the caller must be allowed to see every figure that it opens. */
async function prove(
  services: Services,
  { figure, extent }: RouteRequest<'prove'>['body'],
  reading: Reading,
): Promise<Uint8Array> {
  await assertHere(services, parseFigureAddress(figure), reading.caller);
  const closure = await citationClosure(services.views.source(reading), figure);
  reading.spend(closure.length * prices.receiptMade);
  const receipts = await receiptsOf(
    services,
    closure.map(({ id }) => id),
  );
  const figures = Object.fromEntries(closure.map((record) => [record.id, record.figures ?? []]));
  const asked = { figure, extent, receipts: sentReceipts(receipts), figures, ledger: services.facts.ledgerId };
  return services.proofs.make(asked).catch((error: unknown) => {
    throw notFound(error, figure, closure.some(isClosed));
  });
}

function isClosed({ record, figures }: AnchoredRecord): boolean {
  return record.figuresRoot !== null && figures === undefined;
}

/** What is missing because it is closed to who asks, or is no figure of its record, is nothing that anybody could add. */
function notFound(error: unknown, asked: string, isClosedToo: boolean): unknown {
  if (!isLedgerError(error) || error.code !== 'FIGURE_MISSING') return error;
  const { figure } = error.details;
  if (isClosedToo)
    return new LedgerError('FIGURE_NOT_FOUND', `${String(figure)} is not open to you.`, { details: { figure } });
  return figure === asked
    ? new LedgerError('FIGURE_NOT_FOUND', `${asked} is not there`, { details: { figure } })
    : error;
}

/** Figures that are not open to the caller are told as hidden; only a hidden figure itself is not found. */
async function trace(
  services: Services,
  address: FigureAddress,
  reading: Reading,
  asOf: string | undefined,
): Promise<Trace> {
  assertKnown(asOf, services.agenda.now);
  await assertHere(services, address, reading.caller);
  const source = services.views.source(reading);
  const found = await traceFigure(asOf === undefined ? source : believedAt(source, lastInstantOf(asOf)), address);
  const asked = formatFigureAddress(address);
  if (found.nodes.some(({ figure, hidden }) => figure === asked && hidden === true)) {
    throw new LedgerError('FIGURE_NOT_FOUND', `${asked} is not open to you.`);
  }
  return found;
}

/** What will be believed nobody knows yet; today is as it is now. @throws LedgerError BAD_REQUEST */
function assertKnown(asOf: string | undefined, now: string): void {
  if (asOf === undefined || asOf <= (asOf.length === DAY_LENGTH ? shanghaiDay(now) : now)) return;
  const message = `${asOf} is to come: nobody knows what will be believed then`;
  throw new LedgerError('BAD_REQUEST', message, { faults: [{ path: '/asOf', code: 'BAD_REQUEST', message }] });
}

const DAY_LENGTH = 10;

/** The last second of a day of Asia/Shanghai; an instant is itself. */
function lastInstantOf(time: string): string {
  return time.length === DAY_LENGTH ? `${time}T15:59:59Z` : time;
}

/** Not here is another thing than not for you. @throws LedgerError FIGURES_AWAITED, FIGURES_ELSEWHERE, FIGURES_PURGED */
async function assertHere(
  { projection, views }: Services,
  { key }: FigureAddress,
  caller: Caller | undefined,
): Promise<void> {
  const head = await projection.reader.head(key);
  const entry = head && (await projection.reader.record(head.record));
  const access = entry && (await views.access(entry, caller));
  if (access === 'awaited') throw new LedgerError('FIGURES_AWAITED');
  if (access === 'elsewhere') throw new LedgerError('FIGURES_ELSEWHERE');
  if (access === 'purged') throw new LedgerError('FIGURES_PURGED');
}

const drawingTypes = {
  svg: { mediaType: 'image/svg+xml; charset=utf-8' },
  prov: {},
  provn: { mediaType: 'text/provenance-notation; charset=utf-8' },
} as const;

/** What is accepted says it where the question does not. */
const formatAs: Partial<Record<MediaType, 'svg' | 'pdf' | 'provn'>> = {
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
  'text/provenance-notation': 'provn',
};

type Formatting = Pick<RouteRequest<'trace'>['query'], 'format' | 'language' | 'depth' | 'asOf'>;

async function formatted(
  services: Services,
  found: Trace,
  { format: asked, depth, language, asOf }: Formatting,
  { spend, mediaType }: Reading & Pick<RouteRequest<'trace'>, 'mediaType'>,
): Promise<Reply> {
  const { certificates, proofs } = services;
  const format = asked ?? formatAs[mediaType] ?? 'json';
  if (format === 'json') return { text: await traceText(found) };
  if (format !== 'pdf') return { text: await proofs.draw(found, format, depth), ...drawingTypes[format] };
  spend(prices.certificateMade);
  const bytes = await certificates.report({
    ...{ paper: 'trace', of: found },
    options: { language, isTrial: (await ledgerFacts(services)).trial, ...(asOf === undefined ? {} : { asOf }) },
  });
  const headers = { 'content-disposition': 'inline; filename="trace.pdf"' };
  return { bytes, mediaType: 'application/pdf', headers };
}

/** Written once for a trace that is told again: it is the same one then, and never changes. */
const traceTexts = new WeakMap<Trace, Promise<string>>();

function traceText(found: Trace): Promise<string> {
  const known = traceTexts.get(found) ?? jsonText(found);
  traceTexts.set(found, known);
  return known;
}
