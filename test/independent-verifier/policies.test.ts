import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatVkey, isLedgerError, noteSigner, parsePolicy } from '@carbon-ledger/core';
import { hasPython, saidOfPolicies } from '../support/second-verifier';
import { damaged, draws, type Json } from './alterations';
import { howMany, SEED } from './fuzz-settings';

/*
 * A policy says what is asked of a proof. One that is not understood whole, of a later version say, asks for something that
 * nobody looked at: both verifiers refuse it, with the same codes, before they say anything of a proof.
 */

const golden = join(__dirname, '../golden');
const texts = ['receipt-v1', 'receipt-v1-timestamp', 'receipt-v1-policy-v2', 'figure-proof-v1'].map((set) =>
  readFileSync(join(golden, set, 'policy.json'), 'utf8'),
);
const policies = texts.map((text) => JSON.parse(text) as Record<string, Json>);
const [first = {}] = policies;
const [aWitness = ''] = first['witnesses'] as string[];
const [firstText = ''] = texts;
const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const with_ = (change: Record<string, Json>): Uint8Array => utf8(JSON.stringify({ ...first, ...change }));

const { origin } = parsePolicy(firstText).checkpoint;
const keyOf = (byte: number): string => formatVkey(noteSigner(origin, 'ed25519', new Uint8Array(32).fill(byte)).key);
const retired = (...keys: (readonly [string, string])[]): Uint8Array =>
  with_({ retiredLogKeys: keys.map(([logKey, size]) => ({ logKey, size })) });

const inTurn: readonly (readonly [what: string, file: Uint8Array])[] = [
  ['without keys of before, said so', retired()],
  ['with keys of before', retired([keyOf(1), '0'], [keyOf(2), '7'], [keyOf(3), '18446744073709551615'])],
  ['with two keys of before that ended at one size', retired([keyOf(1), '7'], [keyOf(2), '7'])],
];

const byHand: readonly (readonly [what: string, file: Uint8Array])[] = [
  ['of a later version', with_({ schema: 'carbon-ledger/policy/v9' })],
  ['of version 2 without what that adds', with_({ schema: 'carbon-ledger/policy/v2' })],
  ['with a member that nobody knows', with_({ until: '2030-01-01' })],
  ['with a quorum below none', with_({ quorum: -1 })],
  ['with a quorum that is text', with_({ quorum: '0' })],
  ['with a quorum beyond its witnesses', with_({ quorum: 32 })],
  ['with two log keys', with_({ logKey: [first['logKey'] ?? '', first['logKey'] ?? ''] })],
  ['with the log key as a witness', with_({ witnesses: [first['logKey'] ?? ''] })],
  ['with another origin', with_({ origin: 'other.example/log' })],
  [
    'with a ledger in capitals',
    with_({ ledgerId: JSON.stringify(first['ledgerId']).replaceAll('"', '').toUpperCase() }),
  ],
  ['with a key of before that is its own', retired([first['logKey'] as string, '7'])],
  ['with a key of before that has two turns', retired([keyOf(1), '7'], [keyOf(1), '8'])],
  ['with keys of before in no order', retired([keyOf(1), '8'], [keyOf(2), '7'])],
  ['with a key of before up to no number', retired([keyOf(1), '07'])],
  ['with a key of before beyond 64 bits', retired([keyOf(1), '18446744073709551616'])],
  ['with a key of before that is no key', retired(['none', '7'])],
  ['with a key of before of another log', retired([keyOf(1).replace('carbon', 'karbon'), '7'])],
  ['with a key of before that is a witness', with_({ retiredLogKeys: [{ logKey: aWitness, size: '7' }] })],
  ['with a key of before and more of it', with_({ retiredLogKeys: [{ logKey: keyOf(1), size: '7', from: '0' }] })],
  ['with keys of before that are texts', with_({ retiredLogKeys: [keyOf(1)] })],
  ['with an anchor that is none', with_({ anchor: { chainId: '0', contract: '0x' } })],
  ['with roots that are no base64', with_({ timestampRoots: ['AA='] })],
  ['that is a list', utf8(`[${firstText}]`)],
  ['that is null', utf8('null')],
  ['of no bytes', utf8('')],
  ['with a member twice, once escaped', utf8(firstText.replace('{', '{"quoru\\u006d":0,'))],
  ['with a quorum of -0', utf8(firstText.replace(/"quorum":\s*\d+/, '"quorum":-0'))],
  ['with a quorum of 0.0', utf8(firstText.replace(/"quorum":\s*\d+/, '"quorum":0.0'))],
  ['with a lone surrogate', utf8(firstText.replace('{', '{"\\ud800":0,'))],
  ['in UTF-16', new Uint8Array(Buffer.from(`\ufeff${firstText}`, 'utf16le'))],
  ['with two byte order marks', utf8(`\ufeff\ufeff${firstText}`)],
];

function saidHere(file: Uint8Array): [string, string | null] {
  try {
    parsePolicy(file);
    return ['POLICY', null];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return ['NO_POLICY', error.code];
  }
}

describe('a policy', () => {
  it.each(texts.map((text, at) => [at, text]))(
    'of the golden files is one, in whatever form its text is: %i',
    (_, text) => {
      const indented = JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\r\n');
      const forms = [text, indented, `\ufeff${indented}\r\n`].map(utf8);
      expect(forms.map(saidHere)).toEqual(forms.map(() => ['POLICY', null]));
      if (hasPython) expect(saidOfPolicies(forms)).toEqual(forms.map(() => ['POLICY', null]));
    },
  );

  it.each(inTurn)('%s is one', (_, file) => {
    expect(saidHere(file)).toEqual(['POLICY', null]);
  });

  it.each(byHand)('%s is none', (_, file) => {
    expect(saidHere(file)[0]).toBe('NO_POLICY');
  });

  it('is the same to both verifiers, and is refused with the same code', () => {
    const altered = draws(SEED, howMany(400)).map(({ which, ...draw }) =>
      damaged(policies[which % policies.length] ?? null, { which, ...draw }),
    );
    const files = [...[...inTurn, ...byHand].map(([, file]) => file), ...altered];
    const here = files.map(saidHere);
    expect(here.filter(([said]) => said === 'NO_POLICY').length).toBeGreaterThan(files.length / 2);
    if (!hasPython) return;
    const there = saidOfPolicies(files);
    const differing = here.flatMap((said, at) =>
      JSON.stringify(said) === JSON.stringify(there[at])
        ? []
        : [
            [
              said,
              there[at],
              Buffer.from(files[at] ?? [])
                .toString('latin1')
                .slice(0, 200),
            ],
          ],
    );
    expect(differing).toEqual([]);
  });
});
