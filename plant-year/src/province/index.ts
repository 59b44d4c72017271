import { brokenFigures, type Book, type BookSource } from '@carbon-ledger/core';
import { frauds, type Fraud } from './frauds';
import { honestPlant, plantUscc, years } from './plant';
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
  /** Unit-months of the plant. */
  readonly months: number;
}

/** A province that is made from its seed, plant by plant: nothing of it is kept. Entirely fictitious. */
export class Province {
  readonly #options: ProvinceOptions;
  readonly #planted = new Map<string, Planted>();
  readonly #months = new Map<string, number>();

  constructor(options: ProvinceOptions) {
    this.#options = options;
  }

  /** What was planted in the books that were made so far. */
  planted(): readonly Planted[] {
    return [...this.#planted.values()];
  }

  /** Unit-months of the books that were made so far. */
  unitMonths(): number {
    return [...this.#months.values()].reduce((sum, months) => sum + months, 0);
  }

  /** Frauds stand in pairs of neighbours, so that those that take two have their partner. */
  #fraudOf(index: number): Fraud | undefined {
    const { every = 0, plants } = this.#options;
    const pair = Math.floor(index / 2);
    const isWhole = index < plants - (plants % 2);
    if (every === 0 || !isWhole || pair % every !== 0) return undefined;
    const kinds = frauds();
    return kinds[Math.floor(pair / every) % kinds.length];
  }

  book(index: number): Book {
    const { seed, plants } = this.#options;
    const plant = honestPlant(seed, index, plants);
    const months = plant.units.length * years.length * 12;
    this.#months.set(plant.uscc, months);
    const fraud = this.#fraudOf(index);
    if (fraud !== undefined) {
      const keys = fraud.plant(plant, new Chance(seed + index * 31), index);
      this.#planted.set(plant.uscc, { fraud, plant: plant.uscc, keys, months });
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

export { frauds } from './frauds';
