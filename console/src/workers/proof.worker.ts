import type { FileDigests } from '../../../core/src/digest';
import type { FigureVerdict } from '../../../core/src/figure-proof';
import { gunzipWithin, isGzip, isPacked, unpackProof } from '../../../core/src/packing';
import { isCertificate, receiptsInCertificate, type PdfAttachment } from '../../../core/src/pdf';
import { verifyReceipt, type ReceiptVerdict } from '../../../core/src/receipt';
import { LARGEST_CONTENT, LARGEST_FILE } from '../files/limits';
import { serveCalls } from './serve-calls';

/** What a dropped file says that it is. Everything that is no proof is a file to be looked up. */
export type Recognised = 'receipt' | 'certificate' | 'figure-proof' | 'policy' | 'cells-opening' | 'file';

export type ProofQuestion =
  | { readonly kind: 'recognise'; readonly bytes: Uint8Array }
  | { readonly kind: 'unpack'; readonly bytes: Uint8Array }
  | { readonly kind: 'receipt'; readonly proof: Uint8Array; readonly policy: string; readonly document?: FileDigests }
  | {
      readonly kind: 'figure-proof';
      readonly proof: Uint8Array;
      readonly policy: string;
      /** Address of the module that verifies it. */
      readonly verifier: string;
    };

export type ProofAnswer =
  | { readonly kind: 'recognised'; readonly as: Recognised }
  | { readonly kind: 'unpacked'; readonly receipts: readonly PdfAttachment[] }
  | { readonly kind: 'receipt'; readonly verdict: ReceiptVerdict }
  | { readonly kind: 'figure-proof'; readonly verdict: FigureVerdict };

const SCHEMA = /"schema"\s*:\s*"carbon-ledger\/(policy|receipt|figure-proof|cells-opening)\//;
const named: readonly string[] = ['policy', 'receipt', 'figure-proof', 'cells-opening'] satisfies readonly Recognised[];
const isNamed = (name: string | undefined): name is Recognised => name !== undefined && named.includes(name);

function textOf(bytes: Uint8Array): string {
  if (isPacked(bytes)) return new TextDecoder().decode(unpackProof(bytes, LARGEST_CONTENT));
  return new TextDecoder().decode(isGzip(bytes) ? gunzipWithin(bytes, LARGEST_CONTENT) : bytes);
}

function recognise(bytes: Uint8Array): Recognised {
  if (isCertificate(bytes)) return 'certificate';
  if (bytes.length > LARGEST_FILE) return 'file';
  try {
    const found = SCHEMA.exec(textOf(bytes))?.[1];
    return isNamed(found) ? found : 'file';
  } catch {
    // Only what begins as our own packing is meant as a proof: a damaged one is told as such, and any other file is a file.
    return isPacked(bytes) ? 'receipt' : 'file';
  }
}

async function answer(question: ProofQuestion): Promise<ProofAnswer> {
  if (question.kind === 'recognise') return { kind: 'recognised', as: recognise(question.bytes) };
  if (question.kind === 'unpack') return { kind: 'unpacked', receipts: receiptsInCertificate(question.bytes) };
  const { proof, policy } = question;
  if (question.kind === 'figure-proof') {
    const { verifyFigureProof } = (await import(
      /* @vite-ignore */ question.verifier
    )) as typeof import('./figure-verifier');
    return { kind: 'figure-proof', verdict: verifyFigureProof({ proof, policy }) };
  }
  const { document } = question;
  const asked = { receipt: proof, policy, ...(document === undefined ? {} : { document }) };
  return { kind: 'receipt', verdict: verifyReceipt(asked) };
}

serveCalls(answer);
