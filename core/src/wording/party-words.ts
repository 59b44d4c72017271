import { partyKindTitles, type PartyKind } from '../rulebook/authority';
import type { Words } from './words';

/** Apart from the words of records, which bring the whole rulebook along. */
export function partyKindWords(kind: string): Words {
  return Object.hasOwn(partyKindTitles, kind) ? partyKindTitles[kind as PartyKind] : { zh: kind, en: kind };
}
