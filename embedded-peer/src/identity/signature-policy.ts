import { common, msp } from '@hyperledger/fabric-protos';
import type { Identity, Role } from './membership';

const { MSPRole, MSPPrincipal } = msp;
const MAX_DEPTH = 16;

function roleName(role: number): Role | 'member' | undefined {
  const names = new Map<number, Role | 'member'>([
    [MSPRole.MSPRoleType.MEMBER, 'member'],
    [MSPRole.MSPRoleType.ADMIN, 'admin'],
    [MSPRole.MSPRoleType.CLIENT, 'client'],
    [MSPRole.MSPRoleType.PEER, 'peer'],
    [MSPRole.MSPRoleType.ORDERER, 'orderer'],
  ]);
  return names.get(role);
}

function hasRole(identity: Identity, principal: Uint8Array): boolean {
  const wanted = MSPRole.deserializeBinary(principal);
  const role = roleName(wanted.getRole());
  return identity.mspId === wanted.getMspIdentifier() && (role === 'member' || role === identity.role);
}

function satisfies(identity: Identity, principal: msp.MSPPrincipal): boolean {
  switch (principal.getPrincipalClassification()) {
    case MSPPrincipal.Classification.ROLE:
      return hasRole(identity, principal.getPrincipal_asU8());
    case MSPPrincipal.Classification.IDENTITY:
      return identity.serialized.equals(principal.getPrincipal_asU8());
    default:
      return false;
  }
}

interface Signers {
  readonly identities: readonly Identity[];
  readonly principals: readonly msp.MSPPrincipal[];
}

function useSigner(index: number, signers: Signers, used: boolean[]): boolean {
  const principal = signers.principals[index];
  if (!principal) return false;
  const found = signers.identities.findIndex((identity, at) => !used[at] && satisfies(identity, principal));
  if (found < 0) return false;
  used[found] = true;
  return true;
}

function countSatisfied(rule: common.SignaturePolicy.NOutOf, signers: Signers, used: boolean[], depth: number): number {
  let satisfied = 0;
  for (const part of rule.getRulesList()) {
    const attempt = [...used];
    if (!isSatisfied(part, signers, attempt, depth + 1)) continue;
    satisfied += 1;
    used.splice(0, used.length, ...attempt);
  }
  return satisfied;
}

function isSatisfied(rule: common.SignaturePolicy, signers: Signers, used: boolean[], depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const nOutOf = rule.getNOutOf();
  if (!nOutOf) return useSigner(rule.getSignedBy(), signers, used);
  return countSatisfied(nOutOf, signers, used, depth) >= nOutOf.getN();
}

/** Whether the signers fulfil the policy; as in Fabric, one signature counts for one principal only. */
export function isPolicySatisfied(policy: common.SignaturePolicyEnvelope, identities: readonly Identity[]): boolean {
  const rule = policy.getRule();
  if (!rule) return false;
  const distinct = [
    ...new Map(identities.map((identity) => [identity.serialized.toString('latin1'), identity])).values(),
  ];
  const signers = { identities: distinct, principals: policy.getIdentitiesList() };
  return isSatisfied(
    rule,
    signers,
    distinct.map(() => false),
    0,
  );
}

function rolePrincipal(
  mspId: string,
  role: msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap],
): msp.MSPPrincipal {
  const wanted = new MSPRole();
  wanted.setMspIdentifier(mspId);
  wanted.setRole(role);
  const principal = new MSPPrincipal();
  principal.setPrincipalClassification(MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(wanted.serializeBinary());
  return principal;
}

/** "n of these organisations, each by that role", as `OutOf(n, 'A.peer', 'B.peer', …)` of Fabric. */
export function createPolicy(
  required: number,
  mspIds: readonly string[],
  role: msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap] = MSPRole.MSPRoleType.PEER,
): common.SignaturePolicyEnvelope {
  const rule = new common.SignaturePolicy.NOutOf();
  rule.setN(required);
  rule.setRulesList(
    mspIds.map((_mspId, index) => {
      const signedBy = new common.SignaturePolicy();
      signedBy.setSignedBy(index);
      return signedBy;
    }),
  );
  const root = new common.SignaturePolicy();
  root.setNOutOf(rule);
  const policy = new common.SignaturePolicyEnvelope();
  policy.setVersion(0);
  policy.setRule(root);
  policy.setIdentitiesList(mspIds.map((mspId) => rolePrincipal(mspId, role)));
  return policy;
}
