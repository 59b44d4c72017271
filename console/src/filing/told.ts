import { isLedgerError, recordTypes, toldFields, type RecordType } from '@carbon-ledger/core';
import type { BodyIn, DraftView, LedgerClient } from '@carbon-ledger/client-sdk';
import { tidyContent } from './content';
import type { Filing } from './draft';
import { fieldsOfType } from './fields';

/** Fields that the ledger can tell by itself; a due day that follows from the cited parameters is worked out here already. */
export function toldFieldsOf(type: RecordType): readonly string[] {
  const hasDue = recordTypes[type].due !== undefined;
  return toldFields(type).filter((name) => !(hasDue && name === 'due'));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What is said so far, as the ledger drafts a record of it; figures stay here. */
function factsOf({ type, kind, subject, content, cites }: Filing): BodyIn<'createDraft'> {
  const stated = tidyContent(fieldsOfType(type), content);
  const parts = Object.entries(subject).filter(([, value]) => value !== '' && value !== '-');
  const named = Object.entries(cites).filter(([, ids]) => ids.length > 0);
  return {
    ...{ type, subject: Object.fromEntries(parts) },
    ...(kind.includes('.') ? { kind } : {}),
    content: Object.fromEntries(Object.entries(stated).filter(([, value]) => !isEmpty(value))),
    cites: Object.fromEntries(named.map(([role, ids]) => [role, [...ids]])),
  };
}

export interface Told {
  readonly filing: Filing;
  /** Fields that were empty and are told now. */
  readonly names: readonly string[];
}

/** How the ledger would draft a record; undefined where nothing can be drafted yet: what is wrong is told by the check that follows. */
export type Drafting = () => Promise<DraftView | undefined>;

/** Asks for the draft when it is first wanted, and never twice: what a check fills in and whether the step would be taken are one question. */
export function draftOnce(client: Pick<LedgerClient, 'draft'>, filing: Filing): Drafting {
  let asked: ReturnType<Drafting> | undefined;
  const ask: Drafting = () =>
    client.draft(factsOf(filing)).catch((error: unknown) => {
      if (isLedgerError(error)) return undefined;
      throw error;
    });
  return () => (asked ??= ask());
}

/** What was left empty and the ledger knows is filled in; whatever somebody stated stays. */
export async function withTold(drafting: Drafting, filing: Filing): Promise<Told> {
  const open = toldFieldsOf(filing.type).filter((name) => isEmpty(filing.content[name]));
  if (open.length === 0) return { filing, names: [] };
  const content = (await drafting())?.record.content ?? {};
  const names = open.filter((name) => !isEmpty(content[name]));
  const told = Object.fromEntries(names.map((name) => [name, content[name]]));
  return { filing: { ...filing, content: { ...filing.content, ...told } }, names };
}
