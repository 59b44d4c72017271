import { common, msp } from '@hyperledger/fabric-protos';
import { BadIdentity, parseIdentity, type Identity, type Role } from './membership';

const { MSPPrincipal, MSPRole } = msp;
const { PolicyType } = common.Policy;
const { Rule } = common.ImplicitMetaPolicy;
const DEEPEST = 16;

/** A group of the channel's configuration with its policies, as far as policies need it. */
export interface PolicyGroup {
  readonly policies: ReadonlyMap<string, common.Policy>;
  readonly groups: ReadonlyMap<string, PolicyGroup>;
}

/** What a set of signatures is held to: a policy of the configuration by its path, or one that is written out. */
export type PolicyRef =
  { readonly kind: 'path'; readonly path: string } | { readonly kind: 'signature'; readonly bytes: Uint8Array };

const roles: Readonly<Record<number, Role | 'member'>> = {
  [MSPRole.MSPRoleType.MEMBER]: 'member',
  [MSPRole.MSPRoleType.ADMIN]: 'admin',
  [MSPRole.MSPRoleType.CLIENT]: 'client',
  [MSPRole.MSPRoleType.PEER]: 'peer',
  [MSPRole.MSPRoleType.ORDERER]: 'orderer',
};

function hasRole(identity: Identity, principal: Uint8Array): boolean {
  const wanted = MSPRole.deserializeBinary(principal);
  const role = roles[wanted.getRole()];
  return identity.mspId === wanted.getMspIdentifier() && (role === 'member' || role === identity.role);
}

function isIdentity(identity: Identity, principal: Uint8Array): boolean {
  try {
    const { mspId, certificate } = parseIdentity(principal);
    return identity.mspId === mspId && identity.fingerprint === certificate.fingerprint256;
  } catch (error) {
    if (error instanceof BadIdentity) return false;
    throw error;
  }
}

function fits(identity: Identity, principal: msp.MSPPrincipal): boolean {
  const kind = principal.getPrincipalClassification();
  if (kind === MSPPrincipal.Classification.ROLE) return hasRole(identity, principal.getPrincipal_asU8());
  if (kind === MSPPrincipal.Classification.IDENTITY) return isIdentity(identity, principal.getPrincipal_asU8());
  // Other kinds (anonymity, unit, combined) are in no policy of this project; what is not understood is not fulfilled.
  return false;
}

/** Walks one rule; a signer that was used for one principal is not used again, as in Fabric (cauthdsl). */
class RuleWalk {
  readonly #signers: readonly Identity[];
  readonly #principals: readonly msp.MSPPrincipal[];

  constructor(signers: readonly Identity[], principals: readonly msp.MSPPrincipal[]) {
    this.#signers = signers;
    this.#principals = principals;
  }

  isMet(rule: common.SignaturePolicy, used: Set<number>, depth = 0): boolean {
    if (depth > DEEPEST) return false;
    const nOutOf = rule.getNOutOf();
    if (nOutOf === undefined) return this.#use(rule.getSignedBy(), used);
    let met = 0;
    for (const part of nOutOf.getRulesList()) {
      const attempt = new Set(used);
      if (!this.isMet(part, attempt, depth + 1)) continue;
      met += 1;
      for (const index of attempt) used.add(index);
    }
    return met >= nOutOf.getN();
  }

  #use(principalIndex: number, used: Set<number>): boolean {
    const principal = this.#principals[principalIndex];
    if (principal === undefined) return false;
    const found = this.#signers.findIndex((identity, index) => !used.has(index) && fits(identity, principal));
    if (found >= 0) used.add(found);
    return found >= 0;
  }
}

function isSignaturePolicyMet(bytes: Uint8Array, signers: readonly Identity[]): boolean {
  const policy = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  const rule = policy.getRule();
  return rule !== undefined && new RuleWalk(signers, policy.getIdentitiesList()).isMet(rule, new Set());
}

function isMetaPolicyMet(bytes: Uint8Array, group: PolicyGroup, signers: readonly Identity[]): boolean {
  const policy = common.ImplicitMetaPolicy.deserializeBinary(bytes);
  const name = policy.getSubPolicy();
  const met = [...group.groups.values()].filter((sub) => isNamedPolicyMet(sub, name, signers)).length;
  const count = group.groups.size;
  const rule = policy.getRule();
  if (rule === Rule.ANY) return met >= Math.min(1, count);
  return rule === Rule.ALL ? met === count : met > Math.floor(count / 2);
}

function isNamedPolicyMet(group: PolicyGroup, name: string, signers: readonly Identity[]): boolean {
  const policy = group.policies.get(name);
  if (policy === undefined) return false;
  const type = policy.getType();
  if (type === PolicyType.SIGNATURE) return isSignaturePolicyMet(policy.getValue_asU8(), signers);
  return type === PolicyType.IMPLICIT_META && isMetaPolicyMet(policy.getValue_asU8(), group, signers);
}

function groupAt(channel: PolicyGroup, path: readonly string[]): PolicyGroup | undefined {
  return path.reduce<PolicyGroup | undefined>((group, name) => group?.groups.get(name), channel);
}

/** Whether the signers, each counted once, fulfil a policy. A policy that is not there is never fulfilled. */
export function isPolicyMet(policy: PolicyRef, channel: PolicyGroup, signers: readonly Identity[]): boolean {
  const distinct = [...new Map(signers.map((signer) => [`${signer.mspId}/${signer.fingerprint}`, signer])).values()];
  if (policy.kind === 'signature') return isSignaturePolicyMet(policy.bytes, distinct);
  const [root, ...path] = policy.path.replace(/^\//, '').split('/');
  const group = root === 'Channel' ? groupAt(channel, path.slice(0, -1)) : undefined;
  return group !== undefined && isNamedPolicyMet(group, path.at(-1) ?? '', distinct);
}
