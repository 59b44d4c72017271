import type { PartyView } from '@carbon-ledger/client-sdk';
import { isUscc } from '@carbon-ledger/core';

/** Page of a party: emitters have one that shows what the rules make public of them. */
export function placeOfParty({ uscc, kind }: Pick<PartyView, 'uscc' | 'kind'>): string {
  return kind === 'enterprise' ? `/emitters/${uscc}` : `/parties/${uscc}`;
}

/** Where what a person typed is found: a record, a figure, a file's digest, a key, a party, or a list of parties. */
export function placeOfSearch(typed: string, parties: readonly PartyView[]): string {
  const text = typed.trim();
  if (text === '') return '/parties';
  if (/^rec:[0-9a-f]{64}$/.test(text)) return `/records/${text}`;
  if (/^(?:sha256|sm3):[0-9a-f]{64}$/.test(text)) return `/records?document=${text}`;
  if (text.includes('#')) return `/trace?figure=${encodeURIComponent(text)}`;
  if (text.includes('/')) return `/records?key=${encodeURIComponent(text)}`;
  const code = text.toUpperCase();
  const known = parties.find(({ uscc, name }) => uscc === code || name === text);
  if (known !== undefined) return placeOfParty(known);
  return isUscc(code) ? `/parties/${code}` : `/parties?find=${encodeURIComponent(text)}`;
}
