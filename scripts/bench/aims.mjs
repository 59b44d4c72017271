import { fine, table, whole } from './table.mjs';

const text = (value) => (value >= 100 ? whole(value) : fine(value));

/** What is aimed at on two cores with the client on them, and what a run saw of it. */
export class Aims {
  #rows = [];

  /** @param {string} what @param {number} seen @param {number} aim at most so much */
  below(what, seen, aim) {
    this.#rows.push([what, `≤ ${text(aim)}`, text(seen), seen <= aim ? 'yes' : 'no']);
  }

  /** @param {string} what @param {number} seen @param {number} aim at least so much */
  above(what, seen, aim) {
    this.#rows.push([what, `≥ ${text(aim)}`, text(seen), seen >= aim ? 'yes' : 'no']);
  }

  print() {
    table('Aims', ['what', 'aim', 'seen', 'reached'], this.#rows);
  }
}
