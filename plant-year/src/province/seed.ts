/** Numbers by chance that are the same for the same seed (mulberry32). Only for generated data, never for anything that is judged. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  is(share: number): boolean {
    return this.next() < share;
  }

  /** Normal, cut at three deviations. */
  around(mean: number, deviation: number): number {
    const sum = Array.from({ length: 12 }, () => this.next()).reduce((total, one) => total + one, -6);
    return mean + Math.max(-3, Math.min(3, sum)) * deviation;
  }
}
