import type { VerificationAnswer, VerificationItem } from '@carbon-ledger/client-sdk';

/**
 * What this page asks of the ledger. It asks by hand and not by the typed client, which would be half of the page's size;
 * a test holds these paths to the route table.
 */
export const paths = {
  verify: '/v1/verifications',
  policy: '/v1/ledger/policy',
  ledger: '/v1/ledger',
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

export interface LedgerFacts {
  readonly ledger: string;
  readonly trial: boolean;
  readonly logSize: number;
  readonly checkpointAt?: string;
}

export function ledgerFacts(): Promise<LedgerFacts> {
  return getJson<LedgerFacts>(paths.ledger);
}
