import type { PartyFacts } from '../rulebook';
import type { PartyState } from '../state';

export function partyFacts(uscc: string, party: PartyState): PartyFacts {
  const { kind, region, qualifications } = party.content;
  return { uscc, kind, region, qualifications };
}
