import { unzlibSync, zlibSync } from 'fflate';
import { concat, utf8Encode } from '../../bytes';
import type { ErrorCode } from '../../errors';
import words from '../../packing/dictionary-1.json';

const dictionary = utf8Encode(words.join(''));

/** What can be wrong with a packed file, and the code by which it must fail. */
export function packingDamages(file: Uint8Array): readonly (readonly [string, ErrorCode, Uint8Array])[] {
  const content = unzlibSync(file, { dictionary });
  const packed = (...parts: Uint8Array[]): Uint8Array => zlibSync(concat(...parts), { level: 9, dictionary });
  const flipped = (at: number): Uint8Array => file.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const end = content.indexOf(0);
  return [
    ['a dictionary that is not known', 'UNSUPPORTED_VERSION', flipped(3)],
    ['cut short', 'PROOF_MALFORMED', file.subarray(0, file.length >> 1)],
    ['a packed byte altered', 'PROOF_MALFORMED', flipped(file.length >> 1)],
    ['a checksum altered', 'PROOF_MALFORMED', flipped(file.length - 1)],
    [
      'a byte before the checksum',
      'PROOF_MALFORMED',
      concat(file.subarray(0, -4), Uint8Array.of(0), file.subarray(-4)),
    ],
    ['a byte behind the end', 'PROOF_MALFORMED', concat(file, Uint8Array.of(0))],
    ['a hash too few', 'PROOF_MALFORMED', packed(content.subarray(0, -32))],
    ['a byte too many', 'PROOF_MALFORMED', packed(content, Uint8Array.of(0))],
    ['a text without end', 'PROOF_MALFORMED', packed(content.subarray(0, end))],
    ['a control character that is no marker', 'PROOF_MALFORMED', packed(Uint8Array.of(6), content)],
    ['white space in the packed text', 'PROOF_MALFORMED', packed(utf8Encode(' '), content)],
    ['a byte of a packed hash altered', 'SIGNATURE_INVALID', packed(altered(content, end + 140))],
    ['unpacks without end', 'PROOF_OVERSIZED', packed(new Uint8Array(300_000))],
  ];
}

function altered(content: Uint8Array, at: number): Uint8Array {
  return content.map((byte, index) => (index === at ? byte ^ 1 : byte));
}
