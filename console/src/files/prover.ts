import { LARGEST_FILE, LARGEST_PDF } from './limits';
import { address as verifier } from '../workers/figure-verifier-address';
import { WorkerCalls } from '../workers/calls';
import type { PdfAttachment } from '../../../core/src/pdf';
import type { ProofAnswer, ProofQuestion, Recognised } from '../workers/proof.worker';

type AnswerTo<Kind extends ProofAnswer['kind']> = Extract<ProofAnswer, { kind: Kind }>;

let calls: WorkerCalls<ProofQuestion, ProofAnswer> | undefined;

async function ask<Kind extends ProofAnswer['kind']>(kind: Kind, question: ProofQuestion): Promise<AnswerTo<Kind>> {
  calls ??= new WorkerCalls(
    new Worker(new URL('../workers/proof.worker.ts', import.meta.url), { type: 'module', name: 'proof' }),
  );
  const answer = await calls.ask(question);
  if (answer.kind !== kind) throw new TypeError(`asked for ${kind}, answered ${answer.kind}`);
  return answer as AnswerTo<Kind>;
}

/** Where an opening says what it is. */
const HEAD = 4096;
const OPENING = /"schema"\s*:\s*"carbon-ledger\/cells-opening\//;

export async function recogniseFile(file: Blob): Promise<Recognised> {
  // The only proof that may be larger than the others: it holds every cell of a table.
  if (file.size > LARGEST_FILE && OPENING.test(await file.slice(0, HEAD).text())) return 'cells-opening';
  const mayBe = file.size <= ((await isPdf(file)) ? LARGEST_PDF : LARGEST_FILE);
  if (!mayBe) return 'file';
  const bytes = new Uint8Array(await file.arrayBuffer());
  return (await ask('recognised', { kind: 'recognise', bytes })).as;
}

async function isPdf(file: Blob): Promise<boolean> {
  return (await file.slice(0, 5).text()) === '%PDF-';
}

/** The receipts that a certificate carries. @throws WorkerFailure CERTIFICATE_MALFORMED, PROOF_OVERSIZED, PROOF_MALFORMED */
export async function receiptsInFile(file: Blob): Promise<readonly PdfAttachment[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return (await ask('unpacked', { kind: 'unpack', bytes })).receipts;
}

/** Verified in a worker by the same code that `carbon-ledger verify-receipt` runs. @throws WorkerFailure for a bad policy */
export function verifyReceiptFile(
  proof: Uint8Array,
  policy: string,
  document: { readonly sha256: string; readonly sm3: string } | undefined,
): Promise<AnswerTo<'receipt'>['verdict']> {
  const asked = { kind: 'receipt', proof, policy, ...(document === undefined ? {} : { document }) } as const;
  return ask('receipt', asked).then(({ verdict }) => verdict);
}

export function verifyFigureProofFile(proof: Uint8Array, policy: string): Promise<AnswerTo<'figure-proof'>['verdict']> {
  return ask('figure-proof', { kind: 'figure-proof', proof, policy, verifier }).then(({ verdict }) => verdict);
}
