import { common, msp } from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Identity, Role } from './membership';
import { createPolicy, isPolicySatisfied } from './signature-policy';
import { isLowS, isSignatureOf, signLowS } from './signature';

const MSPS = ['AMSP', 'BMSP', 'CMSP', 'DMSP'];
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKey = createPublicKey(privateKey);

function identity(mspId: string, role: Role = 'peer', name = '0'): Identity {
  return { mspId, role, serialized: Buffer.from(`${mspId}/${role}/${name}`), publicKey, notBefore: 0, notAfter: 0 };
}

describe('signature policies', () => {
  test('n of m: satisfied exactly when enough different organisations signed', () => {
    const signers = fc.array(fc.constantFrom(...MSPS), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), signers, (required, mspIds) => {
        const identities = mspIds.map((mspId, index) => identity(mspId, 'peer', String(index)));
        const expected = new Set(mspIds).size >= required;
        expect(isPolicySatisfied(createPolicy(required, MSPS), identities)).toBe(expected);
      }),
    );
  });

  test('one signature counts for one principal, however often it is sent', () => {
    const twice = createPolicy(2, ['AMSP', 'AMSP']);
    expect(isPolicySatisfied(twice, [identity('AMSP'), identity('AMSP')])).toBe(false);
    expect(isPolicySatisfied(twice, [identity('AMSP'), identity('AMSP', 'peer', '1')])).toBe(true);
  });

  test('roles are told apart; a member is anyone of the organisation', () => {
    expect(isPolicySatisfied(createPolicy(1, ['AMSP']), [identity('AMSP', 'client')])).toBe(false);
    expect(
      isPolicySatisfied(createPolicy(1, ['AMSP'], msp.MSPRole.MSPRoleType.ADMIN), [identity('AMSP', 'admin')]),
    ).toBe(true);
    const members = createPolicy(1, ['AMSP'], msp.MSPRole.MSPRoleType.MEMBER);
    expect(isPolicySatisfied(members, [identity('AMSP', 'client')])).toBe(true);
    expect(isPolicySatisfied(members, [identity('BMSP', 'client')])).toBe(false);
  });

  test('a single identity can be required', () => {
    const principal = new msp.MSPPrincipal();
    principal.setPrincipalClassification(msp.MSPPrincipal.Classification.IDENTITY);
    principal.setPrincipal(identity('AMSP').serialized);
    const policy = createPolicy(1, ['AMSP']);
    policy.setIdentitiesList([principal]);
    expect(isPolicySatisfied(policy, [identity('AMSP')])).toBe(true);
    expect(isPolicySatisfied(policy, [identity('AMSP', 'peer', '1')])).toBe(false);
  });

  test('empty, broken and bottomless policies are never satisfied', () => {
    const everyone = MSPS.map((mspId) => identity(mspId));
    expect(isPolicySatisfied(new common.SignaturePolicyEnvelope(), everyone)).toBe(false);
    const outOfRange = createPolicy(1, ['AMSP']);
    outOfRange.setIdentitiesList([]);
    expect(isPolicySatisfied(outOfRange, everyone)).toBe(false);
    let rule = createPolicy(1, ['AMSP']).getRule()!;
    for (let depth = 0; depth < 40; depth += 1) {
      const outer = new common.SignaturePolicy.NOutOf();
      outer.setN(1);
      outer.setRulesList([rule]);
      rule = new common.SignaturePolicy();
      rule.setNOutOf(outer);
    }
    const deep = createPolicy(1, ['AMSP']);
    deep.setRule(rule);
    expect(isPolicySatisfied(deep, everyone)).toBe(false);
  });
});

describe('signatures', () => {
  test('are low-S, verify, and verify nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (data) => {
        const signature = signLowS(privateKey, data);
        expect(isLowS(signature)).toBe(true);
        expect(isSignatureOf(publicKey, data, signature)).toBe(true);
        expect(isSignatureOf(publicKey, Buffer.concat([data, Buffer.from([1])]), signature)).toBe(false);
      }),
    );
  });

  test('of any other shape are refused without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        expect(isSignatureOf(publicKey, Buffer.from('data'), noise)).toBe(false);
      }),
    );
    const good = signLowS(privateKey, Buffer.from('data'));
    for (let length = 0; length < good.length; length += 1) expect(isLowS(good.subarray(0, length))).toBe(false);
    expect(isLowS(Buffer.concat([good, Buffer.from([0])]))).toBe(false);
  });
});
