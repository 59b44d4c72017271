/** What each fault did, for a person: printed once at the end. */
export class FaultTable {
  readonly #rows: (readonly [fault: string, result: string])[] = [];

  add(fault: string, result: string): void {
    this.#rows.push([fault, result]);
  }

  print(): void {
    const width = Math.max(...this.#rows.map(([fault]) => fault.length));
    const lines = this.#rows.map(([fault, result]) => `  ${fault.padEnd(width)}  ${result}`);
    process.stdout.write(`\nFaults, and what they did:\n${lines.join('\n')}\n`);
  }
}
