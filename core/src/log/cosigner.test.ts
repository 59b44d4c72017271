import fc from 'fast-check';
import { fromBase64, toBase64, utf8Encode } from '../bytes';
import { ed25519Verify } from '../digest/platform';
import { formatCheckpoint, originOf } from './checkpoint';
import { cosign } from './cosignature';
import { cosignedCheckpoint, cosignedNote, cosignerName, judgeCosignature, type CosignerState } from './cosigner';
import { proveCosignerKey } from './cosigner-registration';
import { formatVkey, noteSigner, verifierKey } from './keys';
import { formatNote, parseNote } from './note';

const ledger = 'ab'.repeat(32);
const msp = 'LabMSP';
const time = '2026-03-01T08:00:00Z';
const seconds = BigInt(Date.parse(time) / 1000);
const facts = { ledger, msp, time };
const signer = noteSigner(cosignerName(msp), 'cosignature-v1', new Uint8Array(32).fill(7));
const other = noteSigner(cosignerName(msp), 'cosignature-v1', new Uint8Array(32).fill(8));
const key = formatVkey(signer.key);
const otherKey = formatVkey(other.key);
const proof = proveCosignerKey(facts, signer);
const otherProof = proveCosignerKey(facts, other);

const textOf = (size: number, root = 1, origin = originOf(ledger)): string =>
  formatCheckpoint({ origin, size: BigInt(size), rootHash: new Uint8Array(32).fill(root) });
const noteOf = (size: number, root = 1): string => cosignedNote(textOf(size, root), signer, seconds);
const said = (size: number, root = 1): CosignerState => ({ key, note: noteOf(size, root), proof });
const refusal = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('judgeCosignature', () => {
  it('registers the first key with what it signed', () => {
    const state = judgeCosignature({ note: noteOf(5), key, proof }, undefined, facts);
    expect(state).toEqual({ key, note: noteOf(5), proof });
    expect(cosignedCheckpoint(state)).toMatchObject({ size: 5n });
  });

  it('goes on from one size to any larger one, and never back', () => {
    const size = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(size, size, (last, next) => {
        const judge = (): CosignerState => judgeCosignature({ note: noteOf(next), key }, said(last), facts);
        if (next > last) expect(judge().note).toBe(noteOf(next));
        else expect(judge).toThrow(refusal(next === last ? 'COSIGNED_ALREADY' : 'ROLLED_BACK'));
      }),
      { numRuns: 25 },
    );
  });

  it('refuses another root for the size that was signed last', () => {
    expect(() => judgeCosignature({ note: noteOf(5, 2), key }, said(5), facts)).toThrow(refusal('SPLIT_VIEW'));
  });

  it('takes another key only in place of the registered one, and holds it to what that one signed', () => {
    const byOther = (size: number): string => cosignedNote(textOf(size), other, seconds);
    const judge = (size: number, replaces?: string): CosignerState =>
      judgeCosignature({ note: byOther(size), key: otherKey, replaces, proof: otherProof }, said(5), facts);
    expect(() => judge(6)).toThrow(refusal('COSIGNER_KEY_OTHER'));
    expect(() => judge(6, otherKey)).toThrow(refusal('COSIGNER_KEY_OTHER'));
    expect(judge(6, key)).toEqual({ key: otherKey, note: byOther(6), proof: otherProof });
    expect(judge(5, key)).toEqual({ key: otherKey, note: byOther(5), proof: otherProof });
    expect(() => judge(4, key)).toThrow(refusal('ROLLED_BACK'));
  });

  it("refuses another organisation's public key with its signature as it stands on the ledger", () => {
    const copier = 'CopierMSP';
    const copy = verifierKey(cosignerName(copier), 'cosignature-v1', signer.key.publicKey);
    const [line] = parseNote(noteOf(5)).signatures;
    const note = formatNote({ text: textOf(5), signatures: [{ ...line!, name: copy.name, keyId: copy.keyId }] });
    const judge = (copied?: string): CosignerState =>
      judgeCosignature({ note, key: formatVkey(copy), proof: copied }, undefined, { ...facts, msp: copier });
    expect(() => judge()).toThrow(refusal('COSIGNER_KEY_UNPROVED'));
    expect(() => judge(proof)).toThrow(refusal('COSIGNER_KEY_UNPROVED'));
    expect(() => judge(toBase64(line!.signature.subarray(8)))).toThrow(refusal('COSIGNER_KEY_UNPROVED'));
  });

  it.each([
    ['of another ledger', proveCosignerKey({ ledger: 'cd'.repeat(32), msp }, signer)],
    ['for another organisation', proveCosignerKey({ ledger, msp: 'RegistryMSP' }, signer)],
    ['by another key', otherProof],
    ['that is no base64', 'proof'],
    ['that is not there', ''],
  ])('registers no key by a proof %s', (_what, bad) => {
    expect(() => judgeCosignature({ note: noteOf(5), key, proof: bad }, undefined, facts)).toThrow(
      refusal('COSIGNER_KEY_UNPROVED'),
    );
  });

  it('asks for the proof once, and of a registration that was made without one', () => {
    const next = { note: noteOf(6), key };
    expect(judgeCosignature(next, said(5), facts)).toEqual({ ...next, proof });
    const unproved = { key, note: noteOf(5) };
    expect(() => judgeCosignature(next, unproved, facts)).toThrow(refusal('COSIGNER_KEY_UNPROVED'));
    expect(judgeCosignature({ ...next, proof }, unproved, facts)).toEqual({ ...next, proof });
    const replacing = { note: cosignedNote(textOf(6), other, seconds), key: otherKey, replaces: key };
    expect(() => judgeCosignature(replacing, said(5), facts)).toThrow(refusal('COSIGNER_KEY_UNPROVED'));
  });

  it('has a proof over exactly this text', () => {
    const text = `carbon-ledger/cosigner-registration/v1\n${ledger}\nLabMSP\n${key}\n`;
    expect(ed25519Verify(utf8Encode(text), fromBase64(proof), signer.key.publicKey)).toBe(true);
  });

  it('has nothing to replace where no key is registered', () => {
    expect(() => judgeCosignature({ note: noteOf(5), key, replaces: otherKey }, undefined, facts)).toThrow(
      refusal('COSIGNER_KEY_OTHER'),
    );
  });

  it.each([
    [
      'another ledger',
      cosignedNote(textOf(5, 1, originOf('cd'.repeat(32))), signer, seconds),
      'CHECKPOINT_ORIGIN_MISMATCH',
    ],
    ['another key than the one it names', cosignedNote(textOf(5), other, seconds), 'CHECKPOINT_UNSIGNED'],
    ['an hour ago', cosignedNote(textOf(5), signer, seconds - 3600n), 'SIGNED_TIME_OUT_OF_RANGE'],
    ['an hour ahead', cosignedNote(textOf(5), signer, seconds + 3600n), 'SIGNED_TIME_OUT_OF_RANGE'],
    [
      'two lines',
      formatNote({
        text: textOf(5),
        signatures: [cosign(textOf(5), signer, seconds), cosign(textOf(5), other, seconds)],
      }),
      'CHECKPOINT_MALFORMED',
    ],
    [
      'another text than was signed',
      formatNote({ text: textOf(6), signatures: [cosign(textOf(5), signer, seconds)] }),
      'CHECKPOINT_SIGNATURE_INVALID',
    ],
    ['nothing', '', 'CHECKPOINT_MALFORMED'],
  ])('refuses a note of %s', (_what, note, code) => {
    expect(() => judgeCosignature({ note, key, proof }, undefined, facts)).toThrow(refusal(code));
  });

  it.each([
    [
      'of another organisation',
      formatVkey(verifierKey(cosignerName('RegistryMSP'), 'cosignature-v1', signer.key.publicKey)),
    ],
    ['of a log', formatVkey(verifierKey(cosignerName(msp), 'ed25519', signer.key.publicKey))],
    ['that is none', 'key'],
  ])('refuses a key %s', (_what, vkey) => {
    expect(() => judgeCosignature({ note: noteOf(5), key: vkey }, undefined, facts)).toThrow(
      refusal('PROOF_MALFORMED'),
    );
  });
});
