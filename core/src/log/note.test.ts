import {
  cosign,
  cosignedMessage,
  formatNote,
  formatSignatureLine,
  formatVkey,
  noteSigner,
  parseNote,
  parseVkey,
  signNote,
  splitCosignature,
  verifiedKeys,
  verifierKey,
  MAX_NOTE_SIGNATURES,
} from '.';
import { toBase64 } from '../bytes';
import type { ErrorCode } from '../errors';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;
const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const log = noteSigner('example.com/log', 'ed25519', seed(1));
const witness = noteSigner('example.com/w1', 'cosignature-v1', seed(2));

describe('public examples', () => {
  test('the example of C2SP signed-note', () => {
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    const key = parseVkey(vkey);
    expect(formatVkey(key)).toBe(vkey);
    expect(verifiedKeys(parseNote(note), [key])).toEqual([key]);
    expect(formatNote(parseNote(note))).toBe(note);
  });

  test('the example of the Go checksum database', () => {
    const key = parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const note =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
    expect(verifiedKeys(parseNote(note), [key])).toEqual([key]);
  });
});

describe('verifier keys', () => {
  test('a key has another id as cosigner than as log', () => {
    const asLog = verifierKey('example.com/x', 'ed25519', seed(3));
    const asWitness = verifierKey('example.com/x', 'cosignature-v1', seed(3));
    expect(asLog.keyId).not.toBe(asWitness.keyId);
    expect(parseVkey(formatVkey(asWitness))).toEqual(asWitness);
  });

  test.each([
    ['another id', formatVkey(log.key).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['an upper-case id', formatVkey(log.key).replace(/\+[0-9a-f]{8}\+/, (id) => id.toUpperCase())],
    ['no id', 'example.com/log'],
    ['another type', `example.com/log+00000000+${toBase64(new Uint8Array(33).fill(6))}`],
    ['a short key', `example.com/log+00000000+${toBase64(Uint8Array.of(1, 2))}`],
    ['no base64', 'example.com/log+00000000+AQ'],
    ['a space in the name', formatVkey(log.key).replace('/', ' ')],
  ])('refuses %s', (_, text) => {
    expect(() => parseVkey(text)).toThrow(withCode('PROOF_MALFORMED'));
  });
});

describe('notes', () => {
  const text = 'first\n\nsecond\n';
  const line = formatSignatureLine(signNote(text, log));

  test('text may hold empty lines; the last one parts it from the signatures', () => {
    const note = parseNote(`${text}\n${line}`);
    expect(note.text).toBe(text);
    expect(verifiedKeys(note, [log.key])).toEqual([log.key]);
  });

  test('unknown keys are ignored, even those that share a name or an id', () => {
    const sameName = noteSigner(log.key.name, 'ed25519', seed(9));
    const stranger = formatSignatureLine({ ...signNote(text, sameName), signature: new Uint8Array(64) });
    const sameId = formatSignatureLine({ ...signNote(text, log), name: 'example.com/other' });
    const note = parseNote(`${text}\n${stranger}${sameId}${line}`);
    expect(verifiedKeys(note, [log.key, witness.key])).toEqual([log.key]);
  });

  test('one wrong signature of a known key rejects the note, whatever else is right', () => {
    const wrong = formatSignatureLine({ ...signNote('other\n', log) });
    const short = formatSignatureLine({ ...signNote(text, log), signature: new Uint8Array(63) });
    for (const bad of [wrong, short]) {
      for (const note of [line + bad, bad + line]) {
        expect(() => verifiedKeys(parseNote(`${text}\n${note}`), [log.key])).toThrow(
          withCode('CHECKPOINT_SIGNATURE_INVALID'),
        );
      }
    }
  });

  test('takes at least 16 signatures, and not without end', () => {
    expect(parseNote(`${text}\n${line.repeat(16)}`).signatures).toHaveLength(16);
    expect(parseNote(`${text}\n${line.repeat(MAX_NOTE_SIGNATURES)}`).signatures).toHaveLength(MAX_NOTE_SIGNATURES);
    expect(() => parseNote(`${text}\n${line.repeat(MAX_NOTE_SIGNATURES + 1)}`)).toThrow(
      withCode('CHECKPOINT_MALFORMED'),
    );
  });

  test.each([
    ['nothing', ''],
    ['no signature', 'text\n\n'],
    ['no blank line', `text\n${line}`],
    ['no text', `\n\n${line}`],
    ['no newline at the end', `${text}\n${line.slice(0, -1)}`],
    ['a hyphen for the dash', `${text}\n${line.replace('—', '-')}`],
    ['two spaces', `${text}\n${line.replace(' ', '  ')}`],
    ['no name', `${text}\n—  AAAAAAA=\n`],
    ['a plus in the name', `${text}\n— a+b AAAAAAA=\n`],
    ['a fourth part', `${text}\n— a AAAAAAA= b\n`],
    ['base64 without padding', `${text}\n${line.replaceAll('=', '')}`],
    ['a key id alone', `${text}\n— a AAAAAA==\n`],
    ['a carriage return', `${text}\n${line.replace('\n', '\r\n')}`],
    ['a control character', `a\u0000b\n\n${line}`],
    ['a lone surrogate', `a\ud800b\n\n${line}`],
    ['too long a text', `${'x'.repeat(40_000)}\n\n${line}`],
  ])('refuses %s', (_, note) => {
    expect(() => parseNote(note)).toThrow(withCode('CHECKPOINT_MALFORMED'));
  });
});

describe('cosignatures', () => {
  const text = 'example.com/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';

  test('sign a header, the time and the checkpoint', () => {
    expect(new TextDecoder().decode(cosignedMessage(text, 1679315147n))).toBe(
      `cosignature/v1\ntime 1679315147\n${text}`,
    );
    const line = cosign(text, witness, 1679315147n);
    expect(splitCosignature(line.signature)?.time).toBe(1679315147n);
    expect(verifiedKeys({ text, signatures: [line] }, [witness.key])).toEqual([witness.key]);
  });

  test('an altered time, text or length is refused', () => {
    const line = cosign(text, witness, 1n);
    const later = line.signature.map((byte, at) => (at === 7 ? 2 : byte));
    const tooLate = line.signature.map((byte, at) => (at === 0 ? 0x80 : byte));
    for (const note of [
      { text, signatures: [{ ...line, signature: later }] },
      { text, signatures: [{ ...line, signature: tooLate }] },
      { text, signatures: [{ ...line, signature: line.signature.subarray(8) }] },
      { text: text.replace('\n0\n', '\n1\n'), signatures: [line] },
    ]) {
      expect(() => verifiedKeys(note, [witness.key])).toThrow(withCode('CHECKPOINT_SIGNATURE_INVALID'));
    }
  });

  test('log and witness keys do not sign in each other’s place', () => {
    expect(() => cosign(text, log, 1n)).toThrow(withCode('INTERNAL'));
    expect(() => cosign(text, witness, 1n << 63n)).toThrow(withCode('INTERNAL'));
    expect(() => signNote(text, witness)).toThrow(withCode('INTERNAL'));
  });
});
