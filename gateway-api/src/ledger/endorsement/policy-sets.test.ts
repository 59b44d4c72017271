import { common, msp, peer } from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { areEnough, readDefinition, setsWithout } from './definition';
import { isFulfilled, satisfyingSets } from './policy-sets';

type Rule = string | readonly [number, ...Rule[]];

/** `[2, 'A', 'B']` is Fabric's OutOf(2, 'A.peer', 'B.peer'). */
function policyOf(rule: Rule, role: 'PEER' | 'ADMIN' | 'MEMBER' = 'PEER'): common.SignaturePolicyEnvelope {
  const principals: msp.MSPPrincipal[] = [];
  const policy = new common.SignaturePolicyEnvelope();
  policy.setRule(ruleOf(rule, principals, role));
  policy.setIdentitiesList(principals);
  return policy;
}

function ruleOf(rule: Rule, principals: msp.MSPPrincipal[], role: 'PEER' | 'ADMIN' | 'MEMBER'): common.SignaturePolicy {
  const made = new common.SignaturePolicy();
  if (typeof rule === 'string') {
    made.setSignedBy(principals.push(principalOf(rule, role)) - 1);
    return made;
  }
  const [n, ...parts] = rule;
  const nOutOf = new common.SignaturePolicy.NOutOf();
  nOutOf.setN(n);
  nOutOf.setRulesList(parts.map((part) => ruleOf(part, principals, role)));
  made.setNOutOf(nOutOf);
  return made;
}

function principalOf(mspId: string, role: 'PEER' | 'ADMIN' | 'MEMBER'): msp.MSPPrincipal {
  const wanted = new msp.MSPRole();
  wanted.setMspIdentifier(mspId);
  wanted.setRole(msp.MSPRole.MSPRoleType[role]);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipal(wanted.serializeBinary());
  return principal;
}

const shipped: Rule = [2, 'R', [1, 'E', 'L', 'V', 'G']];

describe('sets of organisations that fulfil a policy', () => {
  it('are the mandatory one and each other for the shipped policy', () => {
    expect(satisfyingSets([policyOf(shipped)], ['R', 'E', 'L', 'V', 'G'])).toEqual([
      ['R', 'E'],
      ['R', 'L'],
      ['R', 'V'],
      ['R', 'G'],
    ]);
  });

  it('are none without the mandatory one, nor for administrators, nor for an empty policy', () => {
    expect(satisfyingSets([policyOf(shipped)], ['E', 'L', 'V'])).toEqual([]);
    expect(satisfyingSets([policyOf(shipped, 'ADMIN')], ['R', 'E'])).toEqual([]);
    expect(satisfyingSets([new common.SignaturePolicyEnvelope()], ['R', 'E'])).toEqual([]);
  });

  it('count one endorsement for one principal only', () => {
    expect(isFulfilled(policyOf([2, 'R', 'R']), ['R'])).toBe(false);
  });

  it('end for a policy that is nested without end', () => {
    let deep: Rule = 'R';
    for (let depth = 0; depth < 40; depth += 1) deep = [1, deep];
    expect(satisfyingSets([policyOf(deep)], ['R'])).toEqual([]);
  });

  const names = ['A', 'B', 'C', 'D', 'E'];
  const rules = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...names),
      fc
        .array(tie('rule'), { minLength: 1, maxLength: 4 })
        .chain((parts) => fc.integer({ min: 1, max: parts.length }).map((n): Rule => [n, ...parts])),
    ),
  })).rule;

  it('fulfil it, and none of them holds another', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const policy = policyOf(rule);
        const sets = satisfyingSets([policy], names);
        for (const set of sets) expect(isFulfilled(policy, set)).toBe(true);
        const held = sets.filter((set) =>
          sets.some((other) => other !== set && other.every((one) => set.includes(one))),
        );
        expect(held).toEqual([]);
        const sizes = sets.map(({ length }) => length);
        expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
      }),
    );
  });
});

describe('the definition that Fabric’s lifecycle tells', () => {
  function definition(): peer.lifecycle.QueryChaincodeDefinitionResult {
    const collection = new peer.StaticCollectionConfig();
    collection.setName('figures');
    const members = new peer.CollectionPolicyConfig();
    members.setSignaturePolicy(policyOf([1, 'R', 'E', 'L', 'V'], 'MEMBER'));
    collection.setMemberOrgsPolicy(members);
    const endorsement = new peer.ApplicationPolicy();
    endorsement.setSignaturePolicy(policyOf([2, 'R', [1, 'L', 'V']]));
    collection.setEndorsementPolicy(endorsement);
    const config = new peer.CollectionConfig();
    config.setStaticCollectionConfig(collection);
    const collections = new peer.CollectionConfigPackage();
    collections.setConfigList([config]);
    const own = new peer.ApplicationPolicy();
    own.setSignaturePolicy(policyOf(shipped));
    const result = new peer.lifecycle.QueryChaincodeDefinitionResult();
    result.setValidationParameter(own.serializeBinary());
    result.setCollections(collections);
    return result;
  }

  it('gives members of every collection only, and holds the sets to the collections’ policies too', () => {
    const rules = readDefinition(definition().serializeBinary())!;
    expect(rules.members).toEqual(['R', 'E', 'L', 'V']);
    expect(setsWithout(rules, new Set())).toEqual([
      ['R', 'L'],
      ['R', 'V'],
    ]);
    expect(setsWithout(rules, new Set(['L']))).toEqual([['R', 'V']]);
    expect(setsWithout(rules, new Set(['R']))).toEqual([]);
    expect(areEnough(rules, ['R', 'E'])).toBe(false);
    expect(areEnough(rules, ['R', 'V', 'G'])).toBe(true);
  });

  it('gives nothing where the policy is one of the channel’s configuration', () => {
    const own = new peer.ApplicationPolicy();
    own.setChannelConfigPolicyReference('/Channel/Application/Endorsement');
    const result = definition();
    result.setValidationParameter(own.serializeBinary());
    expect(readDefinition(result.serializeBinary())).toBeUndefined();
  });
});
