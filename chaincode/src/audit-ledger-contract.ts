import './logging';
import {
  assertNotImporting,
  canonicalBytes,
  canonicalize,
  digestSubmission,
  bucketOf,
  headEntry,
  isUscc,
  rulebooks,
  stateKinds,
  StoredView,
  isHex,
  judgeTransaction,
  LedgerError,
  parseBusinessKey,
  parseStrict,
  parseSubmission,
  submissionText,
  utf8Decode,
  utf8Encode,
  judgeFounding,
  type AcceptedSubmission,
  type Founding,
  type Judgement,
  type TransactionFacts,
  type Rulebooks,
  type TransactionRequest,
} from '@carbon-ledger/core';
import { Context, Contract, Info, Returns, Transaction } from 'fabric-contract-api';
import type { ChaincodeStub } from 'fabric-shim-api';
import { importBatch, openImport } from './migration';
import { cosign } from './cosign';
import { purgeFigures } from './purge';
import { allRefused, codeOnly, wire } from './refusals';
import { figuresCollection, ledgerKey, transactionKey } from './state-keys';
import { isObject, readJson, StubStore, transientField, writeEffects } from './stub-view';

const requestLimits = { maxBytes: 64 * 1024 * 1024 };

function isRequest(value: unknown): value is TransactionRequest {
  const request = value as Partial<TransactionRequest> | null;
  return (
    isObject(request) &&
    Array.isArray(request.submissions) &&
    isObject(request.figures) &&
    isObject(request.context) &&
    Array.isArray(request.context.records) &&
    isObject(request.context.figures)
  );
}

/** @throws LedgerError BAD_REQUEST, BAD_JSON */
function readRequest(stub: ChaincodeStub): TransactionRequest {
  const value = parseStrict(transientField(stub, 'request'), requestLimits);
  if (!isRequest(value))
    throw new LedgerError('BAD_REQUEST', 'the transient field request needs submissions, figures and context');
  if (value.submissions.length === 0) throw new LedgerError('BAD_REQUEST', 'there is nothing to judge');
  return value;
}

async function readLedger(stub: ChaincodeStub): Promise<Founding> {
  const bytes = await stub.getState(ledgerKey);
  if (bytes.length === 0) throw new LedgerError('NOT_READY', 'this channel has no ledger yet: call init');
  return readJson(bytes) as Founding;
}

/** @throws LedgerError KEY_TAKEN, BAD_REQUEST */
async function assertUnfounded(stub: ChaincodeStub, ledgerId: string): Promise<void> {
  if ((await stub.getState(ledgerKey)).length > 0)
    throw new LedgerError('KEY_TAKEN', 'this channel already has a ledger');
  if (!isHex(ledgerId, 32))
    throw new LedgerError('BAD_REQUEST', 'the ledger id is the hash of the genesis block: 64 hex digits');
}

/** Fabric's transaction timestamp in RFC 3339, whole seconds. */
function transactionTime(stub: ChaincodeStub): string {
  return stub
    .getDateTimestamp()
    .toISOString()
    .replace(/\.[0-9]+Z$/, 'Z');
}

function factsOf(stub: ChaincodeStub, ledger: string): TransactionFacts & { readonly msp: string } {
  return { ledger, msp: stub.getCreator().mspid, time: transactionTime(stub) };
}

function viewOf(stub: ChaincodeStub): StoredView {
  return new StoredView(new StubStore(stub));
}

async function judgeRequest(stub: ChaincodeStub, books: Rulebooks): Promise<Judgement> {
  const ledger = await readLedger(stub);
  assertNotImporting(ledger);
  const { organisations } = ledger.earlier ?? {};
  const { founder } = ledger;
  const facts = {
    ...factsOf(stub, ledger.ledgerId),
    founder,
    ...(organisations === undefined ? {} : { organisations }),
  };
  return judgeTransaction(readRequest(stub), viewOf(stub), facts, books);
}

/** Public records under one key, private figures under the same key of the collection. Written once, never changed. */
async function writeRecords(stub: ChaincodeStub, accepted: readonly AcceptedSubmission[]): Promise<void> {
  const key = transactionKey(stub.getTxID());
  const submissions = accepted.map(({ digested }) => submissionText(digested)).join(',');
  await stub.putState(key, utf8Encode(`{"submissions":[${submissions}]}`));
  const figures = Object.assign({}, ...accepted.map((submission) => submission.figures)) as Record<string, unknown>;
  if (Object.keys(figures).length > 0) await stub.putPrivateData(figuresCollection, key, canonicalBytes({ figures }));
}

/**
 * The audit ledger. Deterministic: no clock, no random, no locale, no network, no floats. The rules live in core; this
 * class reads the request, asks for the judgement, and writes what follows.
 */
@Info({ title: 'CarbonAuditLedger', description: 'Audit ledger of the national carbon market' })
export class AuditLedgerContract extends Contract {
  constructor() {
    super('AuditLedger');
  }

  /** The editions of the rules that this contract knows. */
  protected get books(): Rulebooks {
    return rulebooks;
  }

  /**
   * Founds the ledger of this channel, once. `submission` is signed by the founding authority and holds its own party record:
   * the first leaf of the log. Every organisation that approves the chaincode definition reviews it.
   */
  @Transaction()
  @Returns('string')
  async init(ctx: Context, ledgerId: string, submission: string): Promise<string> {
    return wire(async () => {
      const { stub } = ctx;
      await assertUnfounded(stub, ledgerId);
      const digested = digestSubmission(parseSubmission(parseStrict(submission, requestLimits)));
      const { founder, record, view } = await judgeFounding(digested, factsOf(stub, ledgerId));
      const ledger: Founding = { ledgerId, founder, record };
      await stub.putState(ledgerKey, canonicalBytes(ledger));
      await writeEffects(stub, view);
      await writeRecords(stub, [{ digested, figures: {} }]);
      return canonicalize(ledger);
    });
  }

  /**
   * Founds the ledger of this channel on an earlier one, once: `statement` is signed by the founder of both, `founderProof`
   * holds its party record and proves it under the earlier ledger's last checkpoint. From here on only `importBatch` writes,
   * until every record of the earlier ledger has come in.
   */
  @Transaction()
  @Returns('string')
  async openImport(ctx: Context, ledgerId: string, statement: string, founderProof: string): Promise<string> {
    return wire(async () => {
      await assertUnfounded(ctx.stub, ledgerId);
      return openImport(ctx.stub, factsOf(ctx.stub, ledgerId), statement, founderProof);
    });
  }

  /**
   * Brings the next transactions of the earlier ledger in, whole, from log index `first` on. Transient field `request`:
   * `{transactions, figures, context}`; `proof`: consistency paths to what the statement names. Anybody may bring them, since
   * nobody can change them. A batch is taken whole or refused whole.
   */
  @Transaction()
  @Returns('string')
  async importBatch(ctx: Context, first: string, proof: string): Promise<string> {
    return wire(async () =>
      importBatch(ctx.stub, await readLedger(ctx.stub), {
        ...{ first, proof, time: transactionTime(ctx.stub) },
        books: this.books,
      }),
    );
  }

  /**
   * Anchors submissions of any parties in one transaction. Transient field `request`: `{submissions, figures, context}`.
   * Each is judged alone; refused ones write nothing and are told by code only (the answer stands on the chain; ask
   * `judge` for the reasons). When all are refused, nothing is committed and the error tells everything.
   */
  @Transaction()
  @Returns('string')
  async submit(ctx: Context): Promise<string> {
    return wire(async () => {
      const judgement = await judgeRequest(ctx.stub, this.books);
      if (judgement.accepted.length === 0) throw allRefused(judgement.refused);
      await writeRecords(ctx.stub, judgement.accepted);
      await writeEffects(ctx.stub, judgement.view);
      const accepted = judgement.accepted.map(({ digested }) => ({
        submission: digested.id,
        records: digested.leafHashes.length,
      }));
      ctx.stub.setEvent('submissions', canonicalBytes({ accepted: accepted.map(({ submission }) => submission) }));
      return canonicalize({
        accepted,
        refused: judgement.refused.map(codeOnly),
      });
    });
  }

  /**
   * The caller's organisation cosigns a checkpoint of the log, which it has derived from its own peer's blocks. `note`: the
   * checkpoint with the organisation's one line; `key`: its vkey, bound to the organisation by the first call;
   * `replaces`: the registered vkey, to change it, else empty; `proof`: the key's own signature over its registration, where it
   * is registered by this call, else empty. Adds no record, so the log does not grow by it.
   */
  @Transaction()
  @Returns('string')
  async cosign(ctx: Context, note: string, key: string, replaces: string, proof: string): Promise<string> {
    return wire(async () => {
      const ledger = await readLedger(ctx.stub);
      assertNotImporting(ledger);
      const facts = factsOf(ctx.stub, ledger.ledgerId);
      await cosign(ctx.stub, facts, { note, key, replaces, proof });
      return canonicalize({ organisation: facts.msp });
    });
  }

  /**
   * Purges private figures of transactions whose retention is over: `{"transactions":[…],"years":5}`. All or none. Every
   * member's peer forgets them; hashes, roots, records and receipts stay. `order`: the founding authority's own signature
   * over it, `{"signedAt","keyId","suite","signature"}`; that a gateway asks for it is not enough.
   */
  @Transaction()
  @Returns('string')
  async purge(ctx: Context, request: string, order: string): Promise<string> {
    return wire(async () => {
      const { stub } = ctx;
      const ledger = await readLedger(stub);
      assertNotImporting(ledger);
      return canonicalize({ ...(await purgeFigures(stub, ledger, factsOf(stub, ledger.ledgerId), request, order)) });
    });
  }

  /** Judges a request as `submit` would, writes nothing, and tells every fault. For evaluation only. */
  @Transaction(false)
  @Returns('string')
  async judge(ctx: Context): Promise<string> {
    return wire(async () => {
      const { accepted, refused } = await judgeRequest(ctx.stub, this.books);
      return JSON.stringify({ accepted: accepted.map(({ digested }) => digested.id), refused });
    });
  }

  /** Ledger id and founding authority. */
  @Transaction(false)
  @Returns('string')
  async info(ctx: Context): Promise<string> {
    return wire(async () => canonicalize(await readLedger(ctx.stub)));
  }

  /** The current head of a business key: version, record id, and whether it was withdrawn or opened for correction. */
  @Transaction(false)
  @Returns('string')
  async head(ctx: Context, key: string): Promise<string> {
    return wire(async () => {
      const parsed = parseBusinessKey(key);
      const heads = (await viewOf(ctx.stub).get('head', bucketOf(parsed))) ?? {};
      return canonicalize(heads[headEntry(parsed, parsed.kind)] ?? null);
    });
  }

  /** A registered party, or null. */
  @Transaction(false)
  @Returns('string')
  async party(ctx: Context, uscc: string): Promise<string> {
    return wire(async () => {
      if (!isUscc(uscc)) throw new LedgerError('BAD_USCC');
      return canonicalize((await viewOf(ctx.stub).get('party', uscc)) ?? null);
    });
  }

  /**
   * A value of the state that rules decide on: kind and key of core/src/state, `case` and
   * `three-level-review/{business key}`, say; null where there is none.
   */
  @Transaction(false)
  @Returns('string')
  async state(ctx: Context, kind: string, key: string): Promise<string> {
    return wire(async () => {
      const known = stateKinds.find((name) => name === kind);
      if (known === undefined) throw new LedgerError('BAD_REQUEST', `kinds of state: ${stateKinds.join(', ')}`);
      return canonicalize((await viewOf(ctx.stub).get(known, key)) ?? null);
    });
  }

  /** Private figures of one transaction, for members of the collection: Fabric itself refuses all others. */
  @Transaction(false)
  @Returns('string')
  async figures(ctx: Context, txId: string): Promise<string> {
    return wire(async () => {
      if (!isHex(txId, 32)) throw new LedgerError('BAD_REQUEST', 'a transaction id has 64 hex digits');
      const bytes = await ctx.stub.getPrivateData(figuresCollection, transactionKey(txId));
      return bytes.length === 0 ? 'null' : utf8Decode(bytes);
    });
  }
}
