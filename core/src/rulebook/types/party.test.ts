import { trialPartyKey } from '../../../../test/support/trial-parties';
import type { PartyKind } from '../authority';
import { effectsOf, putParty, someParties, toldOf, undoOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, exampleOf, goodContents, type ContentPromise } from '../testing/content-table';
import type { PartyContent, PartyKey } from './party';

const { enterprise, lab } = someParties;
const example = exampleOf('party') as PartyContent;
const [exampleKey] = example.keys;
const keys = (change: object): Record<string, unknown> => ({ keys: [{ ...exampleKey, ...change }] });
const certificate = { kind: 'CMA', number: '240417250001', scope: ['C'], validFrom: null, validTo: null };
const held = (change: object): Record<string, unknown> => ({ qualifications: [{ ...certificate, ...change }] });

const promise: ContentPromise = {
  required: ['name', 'kind', 'region', 'msps', 'keys', 'qualifications', 'status'],
  optional: { movingTo: '440000', identifiers: {}, group: '（虚构）能源集团', owner: enterprise, trial: true },
  texts: ['name', 'group'],
  bad: [
    ['a kind that the market does not have', { kind: 'broker' }, '/content/kind'],
    ['a region of five digits', { region: '14060' }, '/content/region'],
    ['a region of letters', { region: '14060O' }, '/content/region'],
    ['a move to no region', { movingTo: '44' }, '/content/movingTo'],
    ['no organisation', { msps: [] }, '/content/msps'],
    ['nine organisations', { msps: Array.from({ length: 9 }, () => 'M') }, '/content/msps'],
    ['an organisation with a slash', { msps: ['M', 'a/b'] }, '/content/msps/1'],
    ['no key', { keys: [] }, '/content/keys'],
    ['seventeen keys', { keys: Array.from({ length: 17 }, () => exampleKey) }, '/content/keys'],
    ['a key in capitals', keys({ id: `0x${'A'.repeat(40)}` }), '/content/keys/0/id'],
    ['a key of 39 digits', keys({ id: `0x${'1'.repeat(39)}` }), '/content/keys/0/id'],
    ['a suite that nobody verifies', keys({ suite: 'rsa' }), '/content/keys/0/suite'],
    ['a compressed point', keys({ publicKey: `02${'0'.repeat(64)}` }), '/content/keys/0/publicKey'],
    ['a key valid from a day', keys({ validFrom: '2026-01-01' }), '/content/keys/0/validFrom'],
    ['a key valid in another zone', keys({ validTo: '2026-01-01T00:00:00+08:00' }), '/content/keys/0/validTo'],
    [
      'a key compromised in milliseconds',
      keys({ compromisedSince: '2026-01-01T00:00:00.000Z' }),
      '/content/keys/0/compromisedSince',
    ],
    ['a key without proof', keys({ proof: undefined }), '/content/keys/0/proof'],
    ['a proof without end', keys({ proof: '0'.repeat(401) }), '/content/keys/0/proof'],
    ['a key with its private part', keys({ privateKey: '1' }), '/content/keys/0'],
    ['a certificate of no kind', held({ kind: 'ISO' }), '/content/qualifications/0/kind'],
    ['a certificate of two characters', held({ number: '12' }), '/content/qualifications/0/number'],
    ['a certificate that ends on no day', held({ validTo: '2030-02-30' }), '/content/qualifications/0/validTo'],
    [
      'eleven certificates',
      { qualifications: Array.from({ length: 11 }, () => certificate) },
      '/content/qualifications',
    ],
    ['a status of its own', { status: 'paused' }, '/content/status'],
    ['an identifier with a space in its name', { identifiers: { 'a b': 'x' } }, '/content/identifiers/a b'],
    ['an identifier that nobody sees', { identifiers: { permitNo: '\u200b' } }, '/content/identifiers/permitNo'],
    ['an identifier without end', { identifiers: { permitNo: 'x'.repeat(81) } }, '/content/identifiers/permitNo'],
    ['a trial that is none', { trial: false }, '/content/trial'],
  ],
};

describe('the content of a party', () => {
  it.each(goodContents('party', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('party', content)).toEqual([]);
  });
  it.each(badContents('party', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('party', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const national = { kind: 'national-authority', region: '000000' } as const;
const shanxi = { kind: 'province-authority', region: '140000' } as const;
const guangdong = { kind: 'province-authority', region: '440000' } as const;
const registrar = '91350100M000100Y43';
const ownKey = trialPartyKey(enterprise);

/** A registration of the enterprise by a registrar, over what stands there. */
function registering(
  by: { readonly kind: PartyKind; readonly region: string },
  content: Partial<PartyContent> = {},
  standing?: Partial<PartyContent>,
  issuer = registrar,
): Situation {
  const isEnterprise = [undefined, 'enterprise'].includes(content.kind);
  return {
    issuer,
    by,
    subject: { uscc: enterprise },
    // The accounts of the example are an enterprise's.
    content: { keys: [ownKey], ...(isEnterprise ? {} : { identifiers: undefined }), ...content },
    state: (view) => {
      if (standing !== undefined) putParty(view, enterprise, { keys: [ownKey], ...standing });
    },
  };
}

const faults = (...args: Parameters<typeof registering>): Promise<string[]> => toldOf('party', registering(...args));
const refused = (...fields: string[]): string[] => fields.map((field) => `NOT_ALLOWED_TO_FILE /content/${field}`);

describe('the first registration of a party', () => {
  it.each([
    ['enterprise', '140600', shanxi, true],
    ['lab', '140000', shanxi, true],
    ['city-authority', '140600', shanxi, true],
    ['enterprise', '440300', shanxi, false],
    ['province-authority', '140000', shanxi, false],
    ['national-authority', '000000', shanxi, false],
    ['ccer-registry', '140100', shanxi, false],
    ['allowance-registry', '140100', shanxi, false],
    ['province-authority', '440000', national, true],
    ['ccer-registry', '110000', national, true],
    ['enterprise', '440300', national, true],
    ['enterprise', '440100', guangdong, true],
    ['enterprise', '440304', guangdong, false],
    ['enterprise', '440304', { ...guangdong, region: '440300' }, true],
    ['enterprise', '659001', { ...guangdong, region: '650000' }, false],
    ['enterprise', '659001', { ...guangdong, region: '660000' }, true],
  ] as const)('as %s of %s by the %j: %s', async (kind, region, by, may) => {
    expect(await faults(by, { kind, region })).toEqual(may ? [] : refused('kind'));
  });

  it('of a device names an owner who stands; no other party has one', async () => {
    const device = { kind: 'device' } as const;
    expect(await faults(shanxi, device)).toEqual(['BAD_RECORD /content/owner']);
    expect(await faults(shanxi, { ...device, owner: lab })).toEqual(['PARTY_UNKNOWN /content/owner']);
    expect(await faults(shanxi, { owner: lab })).toEqual(['BAD_RECORD /content/owner']);
    const owned = registering(shanxi, { ...device, owner: lab });
    expect(
      await toldOf('party', {
        ...owned,
        state: (view) => {
          putParty(view, lab);
        },
      }),
    ).toEqual([]);
  });

  it.each([
    ['a plant of its region', shanxi, {}, []],
    ['a plant of another province', shanxi, { region: '440300' }, refused('owner')],
    ['a plant of another province, by the nation', national, { region: '440300' }, []],
    ['a laboratory', shanxi, { kind: 'lab' as const }, ['BAD_RECORD /content/owner']],
    ['another device', shanxi, { kind: 'device' as const }, ['BAD_RECORD /content/owner']],
    ['a plant that was ended', shanxi, { status: 'ended' as const }, ['PARTY_UNKNOWN /content/owner']],
  ])('of a device speaks for %s or not', async (_owner, by, owner, expected) => {
    const owned = registering(by, { kind: 'device', owner: lab });
    const state: Situation['state'] = (view) => {
      putParty(view, lab, owner);
    };
    expect(await toldOf('party', { ...owned, state })).toEqual(expected);
  });
});

describe('a party that stands', () => {
  it('keeps its kind, whoever asks', async () => {
    for (const by of [shanxi, national]) expect(await faults(by, { kind: 'lab' }, {})).toEqual(refused('kind'));
  });

  it('is changed by its own registrar', async () => {
    expect(await faults(shanxi, { name: '新名' }, {})).toEqual([]);
    expect(await faults(guangdong, {}, {})).toEqual(refused('region'));
    expect(await faults(guangdong, { region: '440100' }, {})).toEqual(refused('region', 'region'));
    expect(await faults(shanxi, {}, { kind: 'ccer-registry' })).toEqual(refused('kind', 'region'));
  });

  it.each([
    ['within its province', '140700', {}, shanxi, []],
    ['that its province asked for', '440100', { movingTo: '440000' }, guangdong, []],
    ['that its province asked for to Shenzhen alone', '440100', { movingTo: '440300' }, guangdong, refused('region')],
    ['that it asked for elsewhere', '440100', { movingTo: '330000' }, guangdong, refused('region')],
    ['that its province makes of itself', '440100', {}, shanxi, refused('region')],
    ['by the nation', '440300', {}, national, []],
  ] as const)('moves %s to %s', async (_, region, standing, by, expected) => {
    expect(await faults(by, { region }, { region: '140600', ...standing })).toEqual(expected);
  });
});

const later = '2027-01-01T00:00:00Z';
const earlier = '2026-06-01T00:00:00Z';

describe('a registered party', () => {
  it('is known under names that the rules read, and under no other', async () => {
    const named = (identifiers: Record<string, string>): Promise<string[]> =>
      faults({ kind: 'national-authority', region: '000000' }, { keys: [ownKey], identifiers }, { keys: [ownKey] });
    expect(await named({ ccerAccountId: 'FIC-CCER-1' })).toEqual([]);
    expect(await named({ ccerAccount: 'FIC-CCER-1' })).toEqual(['BAD_RECORD /content/identifiers/ccerAccount']);
  });
});

describe('a party that speaks for itself', () => {
  const itself = (
    keysNow: readonly PartyKey[],
    keysThen: readonly PartyKey[],
    more: Partial<PartyContent> = {},
  ): Promise<string[]> =>
    faults(
      { kind: 'enterprise', region: '140600' },
      { keys: [...keysNow], ...more },
      { keys: [...keysThen] },
      enterprise,
    );
  const ending = (change: Partial<PartyKey>): PartyKey => ({ ...ownKey, ...change });

  it.each<[string, Partial<PartyContent>]>([
    ['its name', { name: '新名' }],
    ['its region', { region: '440300' }],
    ['its status', { status: 'suspended' }],
    ['its accounts', { identifiers: { ccerAccountId: 'x' } }],
    ['its organisations', { msps: ['OtherMSP'] }],
    ['its kind', { kind: 'lab' }],
  ])('does not change %s', async (_, more) => {
    expect(await itself([ownKey], [ownKey], more)).toEqual(refused('keys'));
  });

  it.each([
    ['sets an end', [ending({ validTo: later })], [ownKey], true],
    ['brings an end forward', [ending({ validTo: earlier })], [ending({ validTo: later })], true],
    ['puts an end off', [ending({ validTo: later })], [ending({ validTo: earlier })], false],
    ['takes an end away', [ownKey], [ending({ validTo: later })], false],
    ['says that it is compromised', [ending({ compromisedSince: earlier })], [ownKey], true],
    ['takes back that it is compromised', [ownKey], [ending({ compromisedSince: earlier })], false],
    [
      'says that it was compromised later',
      [ending({ compromisedSince: later })],
      [ending({ compromisedSince: earlier })],
      false,
    ],
  ] as const)('%s of its key: %#', async (_, now, then, may) => {
    expect(await itself(now, then)).toEqual(may ? [] : refused('keys'));
  });

  it('does not leave a key out whose end an authority set', async () => {
    const other = { ...ownKey, id: `0x${'2'.repeat(40)}`, validTo: earlier };
    expect(await itself([ownKey], [ownKey, other])).toEqual(refused('keys'));
    expect(await itself([ownKey], [ownKey, { ...other, validTo: null }])).toEqual([]);
  });

  it('is not ended by itself, where it is the national authority', async () => {
    for (const status of ['suspended', 'ended'] as const)
      expect(await faults(national, { kind: 'national-authority', status }, undefined, enterprise)).toEqual(
        refused('status'),
      );
  });
});

describe('a key', () => {
  it('ends after it begins, not with it', async () => {
    for (const validTo of [ownKey.validFrom, '2019-12-31T23:59:59Z'])
      expect(await faults(shanxi, { keys: [{ ...ownKey, validTo }] })).toEqual(['BAD_RECORD /content/keys/0/validTo']);
    expect(await faults(shanxi, { keys: [{ ...ownKey, validTo: '2020-01-01T00:00:01Z' }] })).toEqual([]);
  });

  it('stands there once, with a proof of its holder for this very party', async () => {
    expect(await faults(shanxi, { keys: [ownKey, ownKey] })).toEqual(['BAD_RECORD /content/keys/1']);
    for (const key of [trialPartyKey(lab), { ...ownKey, proof: '0x00' }, { ...ownKey, id: trialPartyKey(lab).id }])
      expect(await faults(shanxi, { keys: [key] })).toEqual(['SIGNATURE_INVALID /content/keys/0/proof']);
  });

  it('is claimed for its party for good, and the party is registered as the record says', () => {
    const second = { ...ownKey, id: `0x${'2'.repeat(40)}` };
    const claim = { do: 'claim', space: 'key', rule: 'one key, one party' };
    expect(effectsOf('party', { content: { keys: [ownKey, second] } })).toEqual([
      { ...claim, id: ownKey.id, field: '/content/keys/0/id' },
      { ...claim, id: second.id, field: '/content/keys/1/id' },
      { do: 'register-party', content: { ...example, keys: [ownKey, second] } },
    ]);
  });

  it('ends with the registration of its party', () => {
    expect(undoOf('party')).toEqual([{ do: 'end-party', uscc: enterprise }]);
  });
});
