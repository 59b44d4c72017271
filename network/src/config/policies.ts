import { mspIdOf } from '../layout';
import type { Endorsement } from '../topology';

/** Fabric's policy text for "the mandatory organisation and `others` of the rest", held by peers' certificates. */
export function endorsementPolicy(rule: Endorsement, candidates: readonly string[]): string {
  const mandatory = role(rule.mandatory, 'peer');
  if (rule.others === 0) return `OR(${mandatory})`;
  const rest = candidates.filter((name) => name !== rule.mandatory).map((name) => role(name, 'peer'));
  const others = rule.others === 1 ? `OR(${rest.join(', ')})` : `OutOf(${rule.others}, ${rest.join(', ')})`;
  return `AND(${mandatory}, ${others})`;
}

/** Membership of a private data collection: any member's certificate. */
export function membershipPolicy(members: readonly string[]): string {
  return `OR(${members.map((name) => role(name, 'member')).join(', ')})`;
}

function role(organisation: string, kind: 'peer' | 'member'): string {
  return `'${mspIdOf(organisation)}.${kind}'`;
}
