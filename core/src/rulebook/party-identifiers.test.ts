import { partyKinds } from './authority';
import { identifierFaults, identifierNames } from './party-identifiers';

const told = (...given: Parameters<typeof identifierFaults>): string[] =>
  identifierFaults(...given).map(({ code, path, message }) => `${code} ${path} ${message}`);

describe('identifiers of a party', () => {
  it.each(partyKinds)('of a %s are taken under every name that the rules read', (kind) => {
    const all = Object.fromEntries(identifierNames(kind).map((name) => [name, 'FIC-1']));
    expect(told(kind, all, undefined)).toEqual([]);
    expect(told(kind, undefined, undefined)).toEqual([]);
  });

  it.each([
    ['ccerAccount', 'ccerAccountId'],
    ['CCERaccountID', 'ccerAccountId'],
    ['allowanceaccount', 'allowanceAccountId'],
    ['permit', 'permitNo'],
    ['constructor', 'permitNo'],
  ])('are refused as %s, naming %s', (name, nearest) => {
    const [fault, ...others] = identifierFaults('enterprise', { [name]: 'FIC-1', permitNo: 'x1' }, undefined);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ code: 'BAD_RECORD', path: `/content/identifiers/${name}`, details: { nearest } });
    expect(fault?.message).toContain(nearest);
  });

  it('are told each, and of a kind that has none too', () => {
    expect(told('enterprise', { a: '1', b: '2' }, undefined)).toHaveLength(2);
    expect(told('lab', { ccerAccountId: 'FIC-1' }, undefined)).toEqual([
      'BAD_RECORD /content/identifiers/ccerAccountId a lab has no identifiers: nobody would read ccerAccountId',
    ]);
  });

  it('that stand from before stay: whoever has one can still change its keys', () => {
    expect(told('enterprise', { ccerAccount: 'FIC-1' }, { ccerAccount: 'FIC-1' })).toEqual([]);
    expect(told('enterprise', { ccerAccount: 'FIC-1', x: 'y' }, { ccerAccount: 'FIC-1' })).toHaveLength(1);
  });
});
