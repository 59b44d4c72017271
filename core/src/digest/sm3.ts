import { HashMD } from '@noble/hashes/_md.js';
import type { IncrementalHash } from './platform-types';

// GB/T 32905-2016, section 4: initial value and constants.
const INITIAL: readonly number[] = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];
const EARLY = 0x79cc4519;
const LATE = 0x7a879d8a;
const EARLY_ROUNDS = 16;

function rotate(word: number, by: number): number {
  return (word << (by % 32)) | (word >>> ((32 - by) & 31));
}

function p0(x: number): number {
  return x ^ rotate(x, 9) ^ rotate(x, 17);
}

function p1(x: number): number {
  return x ^ rotate(x, 15) ^ rotate(x, 23);
}

const words = new Int32Array(68);

function at(index: number): number {
  return words[index] ?? 0;
}

/** Section 5.3.2: a block of 16 words becomes 68. */
function expand(view: DataView, offset: number): void {
  for (let j = 0; j < 16; j++) words[j] = view.getInt32(offset + 4 * j, false);
  for (let j = 16; j < 68; j++) {
    words[j] = p1(at(j - 16) ^ at(j - 9) ^ rotate(at(j - 3), 15)) ^ rotate(at(j - 13), 7) ^ at(j - 6);
  }
}

function boolean1(j: number, x: number, y: number, z: number): number {
  return j < EARLY_ROUNDS ? x ^ y ^ z : (x & y) | (x & z) | (y & z);
}

function boolean2(j: number, x: number, y: number, z: number): number {
  return j < EARLY_ROUNDS ? x ^ y ^ z : (x & y) | (~x & z);
}

type State = [number, number, number, number, number, number, number, number];

/** Section 5.3.3: one of 64 rounds. */
function round(j: number, [a, b, c, d, e, f, g, h]: State): State {
  const a12 = rotate(a, 12);
  const ss1 = rotate((a12 + e + rotate(j < EARLY_ROUNDS ? EARLY : LATE, j)) | 0, 7);
  const tt1 = (boolean1(j, a, b, c) + d + (ss1 ^ a12) + (at(j) ^ at(j + 4))) | 0;
  const tt2 = (boolean2(j, e, f, g) + h + ss1 + at(j)) | 0;
  return [tt1, a, rotate(b, 9), c, p0(tt2), e, rotate(f, 19), g];
}

/** SM3 where the platform has none (browsers). Block handling and padding are those of the SHA-2 family. */
class Sm3 extends HashMD<Sm3> {
  #state: number[] = [...INITIAL];

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): number[] {
    return this.#state;
  }

  protected set(...state: number[]): void {
    this.#state = state;
  }

  protected process(view: DataView, offset: number): void {
    expand(view, offset);
    const before = this.#state as State;
    let state = before;
    for (let j = 0; j < 64; j++) state = round(j, state);
    this.#state = state.map((word, index) => word ^ (before[index] ?? 0));
  }

  protected roundClean(): void {
    words.fill(0);
  }

  destroy(): void {
    this.#state = [...INITIAL];
  }
}

export function createSm3(): IncrementalHash {
  return new Sm3();
}
