import type { VerificationAnswer, VerificationItem } from '@carbon-ledger/client-sdk';
import type { CellsCommitment } from '../../../core/src/cells';
import type { Language } from '../language/language';

/**
 * What this page asks of the ledger. It asks by hand and not by the typed client, which would be half of the page's size;
 * a test holds these paths to the route table.
 */
export const paths = {
  verify: '/v1/verifications',
  policy: '/v1/ledger/policy',
  ledger: '/v1/ledger',
  certify: '/v1/certificates',
  record: (id: string): string => `/v1/records/${encodeURIComponent(id)}`,
  party: (uscc: string): string => `/v1/parties/${encodeURIComponent(uscc)}`,
};

/** Files in one question. */
const PER_QUESTION = 500;

async function getJson<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(path, { headers: { accept: 'application/json' }, ...init });
  if (!response.ok) throw new Error(`${path}: ${String(response.status)}`);
  return (await response.json()) as Answer;
}

async function verifyPart(items: readonly VerificationItem[]): Promise<VerificationAnswer[]> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ items }) };
  return (await getJson<{ items: VerificationAnswer[] }>(paths.verify, init)).items;
}

/** Answers in the order of the digests that were asked for. @throws where the ledger cannot be reached */
export async function askAbout(items: readonly VerificationItem[]): Promise<VerificationAnswer[]> {
  const answers: VerificationAnswer[] = [];
  for (let at = 0; at < items.length; at += PER_QUESTION)
    answers.push(...(await verifyPart(items.slice(at, at + PER_QUESTION))));
  return answers;
}

interface StandingView {
  readonly status: string;
  /** Why its word is in doubt. */
  readonly doubts?: readonly string[];
}

/**
 * Whether a record still stands, `questioned` where it does and its word is in doubt; undefined where the ledger cannot be
 * asked, or does not know it.
 */
export async function statusOf(record: string): Promise<string | undefined> {
  try {
    const { status, doubts = [] } = await getJson<StandingView>(paths.record(record));
    return doubts.length > 0 ? 'questioned' : status;
  } catch {
    return undefined;
  }
}

interface RecordView {
  readonly record: { readonly documents: readonly { readonly sha256: string; readonly cells?: CellsCommitment }[] };
}

/** What a record says of the cells of a table; undefined where it says nothing. @throws where the ledger cannot be asked */
export async function commitmentOf(record: string, sha256: string): Promise<CellsCommitment | undefined> {
  const view = await getJson<RecordView>(paths.record(record));
  return view.record.documents.find((document) => document.sha256 === sha256)?.cells;
}

const names = new Map<string, Promise<string>>();

/** Registered name of a party; its code where the ledger cannot be asked. */
export function partyName(uscc: string): Promise<string> {
  const known =
    names.get(uscc) ??
    getJson<{ name: string }>(paths.party(uscc)).then(
      ({ name }) => name,
      () => uscc,
    );
  names.set(uscc, known);
  return known;
}

/** Text of the policy as this service states it now. @throws where it cannot be reached */
export async function servicePolicy(): Promise<string> {
  return JSON.stringify(await getJson<unknown>(paths.policy));
}

/** A folder whose files are all anchored. Their names go to the service: they stand on the certificate. */
export interface FolderToCertify {
  readonly name: string;
  readonly files: readonly {
    readonly path: string;
    readonly size: number;
    readonly sha256: string;
    readonly sm3: string;
  }[];
}

/** 存证证书 of a folder as PDF. @throws where the service refuses or does not answer */
export async function certificateOf(folder: FolderToCertify, language: Language): Promise<Blob> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(folder) };
  const response = await fetch(`${paths.certify}?language=${language}`, init);
  if (response.ok) return response.blob();
  const said = (await response.json().catch(() => ({}))) as Partial<Record<'detail' | 'titleZh' | 'cureZh', string>>;
  const told = language === 'zh' ? [said.titleZh, said.cureZh] : [said.detail];
  throw new Error(told.filter((text) => text !== undefined).join(' ') || String(response.status));
}

export interface LedgerFacts {
  readonly ledger: string;
  readonly trial: boolean;
  readonly logSize: number;
  readonly checkpointAt?: string;
}

export function ledgerFacts(): Promise<LedgerFacts> {
  return getJson<LedgerFacts>(paths.ledger);
}
