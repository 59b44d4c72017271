import { LedgerError, type BuiltRecord } from '@carbon-ledger/core';

export interface CitationArgument {
  readonly role: string;
  /** Record id or business key. */
  readonly name: string;
}

/** Reads `role=KEY`. @throws LedgerError USAGE */
export function parseCitation(text: string): CitationArgument {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new LedgerError('USAGE', `--cite ${text}: write ROLE=USCC/UNIT/PERIOD/KIND`);
  return { role: text.slice(0, at), name: text.slice(at + 1) };
}

/** Cited records by role, in the order given. */
export async function resolveCitations(
  citations: readonly CitationArgument[],
  find: (name: string) => Promise<BuiltRecord>,
): Promise<Record<string, BuiltRecord[]>> {
  const byRole: Record<string, BuiltRecord[]> = {};
  for (const { role, name } of citations) (byRole[role] ??= []).push(await find(name));
  return byRole;
}
