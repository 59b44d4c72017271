import { brokenFigures, type Book, type BookSource } from '@carbon-ledger/core';
import { frauds, type Fraud } from './frauds';
import { honestPlant, plantUscc } from './plant';
import { Chance } from './seed';

export interface ProvinceOptions {
  readonly seed: number;
  readonly plants: number;
  /** Every so manieth pair of plants cheats; 0 for none. */
  readonly every?: number;
}

/** A fraud as it was planted. */
export interface Planted {
  readonly fraud: Fraud;
  readonly plant: string;
  readonly keys: readonly string[];
}

/** A province that is made from its seed, plant by plant: nothing of it is kept. Entirely fictitious. */
export class Province {
  readonly #options: ProvinceOptions;
  readonly #planted = new Map<string, Planted>();

  constructor(options: ProvinceOptions) {
    this.#options = options;
  }

  /** What was planted in the books that were made so far. */
  planted(): readonly Planted[] {
    return [...this.#planted.values()];
  }

  /** Frauds stand in pairs of neighbours, so that those that take two have their partner. */
  fraudOf(index: number): Fraud | undefined {
    const { every = 0, plants } = this.#options;
    const pair = Math.floor(index / 2);
    const isWhole = index < plants - (plants % 2);
    if (every === 0 || !isWhole || pair % every !== 0) return undefined;
    return frauds[Math.floor(pair / every) % frauds.length];
  }

  book(index: number): Book {
    const { seed, plants } = this.#options;
    const plant = honestPlant(seed, index, plants);
    const fraud = this.fraudOf(index);
    if (fraud !== undefined) {
      const keys = fraud.plant(plant, new Chance(seed + index * 31), index);
      this.#planted.set(plant.uscc, { fraud, plant: plant.uscc, keys });
    }
    const { uscc, records } = plant;
    return { uscc, records, broken: () => brokenFigures(records) };
  }

  *sources(): Generator<BookSource> {
    const { seed, plants } = this.#options;
    for (let index = 0; index < plants; index += 1) {
      const digest = `${String(seed)}/${String(index)}`;
      yield { uscc: plantUscc(index), digest, load: () => Promise.resolve(this.book(index)) };
    }
  }
}

export { frauds, type Fraud } from './frauds';
