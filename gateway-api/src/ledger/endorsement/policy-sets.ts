import { common, msp } from '@hyperledger/fabric-protos';

/** Deeper nesting is no policy that a person wrote; the same bound as the validator's. */
const MAX_DEPTH = 16;
/** Subsets of so many organisations are looked through; a channel of more is asked as its peer finds. */
const MOST_ORGANISATIONS = 12;

/**
 * The smallest sets of organisations whose peers' endorsements fulfil all of the policies, the smallest first; empty where
 * none does, or where there are more organisations than can be looked through.
 */
export function satisfyingSets(
  policies: readonly common.SignaturePolicyEnvelope[],
  candidates: readonly string[],
): string[][] {
  if (candidates.length > MOST_ORGANISATIONS) return [];
  const found: string[][] = [];
  for (const subset of subsetsBySize(candidates)) {
    const isLarger = found.some((smaller) => smaller.every((mspId) => subset.includes(mspId)));
    if (!isLarger && policies.every((policy) => isFulfilled(policy, subset))) found.push(subset);
  }
  return found;
}

function subsetsBySize(all: readonly string[]): string[][] {
  const subsets = Array.from({ length: 2 ** all.length }, (_, bits) =>
    all.filter((_mspId, index) => (bits & (1 << index)) !== 0),
  );
  return subsets.sort((a, b) => a.length - b.length);
}

/** Whether one endorsement of each of these organisations is enough. One endorsement counts for one principal, as in Fabric. */
export function isFulfilled(policy: common.SignaturePolicyEnvelope, mspIds: readonly string[]): boolean {
  const rule = policy.getRule();
  const owners = policy.getIdentitiesList().map(endorserOf);
  return rule !== undefined && unusedAfter(rule, owners, mspIds, 0) !== undefined;
}

/** The organisation whose peer fulfils a principal; undefined for one that no peer does, as an administrator. */
function endorserOf(principal: msp.MSPPrincipal): string | undefined {
  if (principal.getPrincipalClassification() !== msp.MSPPrincipal.Classification.ROLE) return undefined;
  const role = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
  const { PEER, MEMBER } = msp.MSPRole.MSPRoleType;
  return role.getRole() === PEER || role.getRole() === MEMBER ? role.getMspIdentifier() : undefined;
}

type Owners = readonly (string | undefined)[];

/** Endorsers left over when the rule is fulfilled; undefined when it is not. */
function unusedAfter(
  rule: common.SignaturePolicy,
  owners: Owners,
  endorsers: readonly string[],
  depth: number,
): readonly string[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const nOutOf = rule.getNOutOf();
  if (nOutOf !== undefined) return unusedAfterSome(nOutOf, owners, endorsers, depth);
  const owner = owners[rule.getSignedBy()];
  return owner !== undefined && endorsers.includes(owner) ? endorsers.filter((mspId) => mspId !== owner) : undefined;
}

function unusedAfterSome(
  nOutOf: common.SignaturePolicy.NOutOf,
  owners: Owners,
  endorsers: readonly string[],
  depth: number,
): readonly string[] | undefined {
  let left = endorsers;
  let fulfilled = 0;
  for (const part of nOutOf.getRulesList()) {
    const after = unusedAfter(part, owners, left, depth + 1);
    if (after === undefined) continue;
    fulfilled += 1;
    left = after;
  }
  return fulfilled >= nOutOf.getN() ? left : undefined;
}
