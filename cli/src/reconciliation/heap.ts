import { setFlagsFromString } from 'node:v8';

/** By how much memory may grow, in percent of what is in use, before it is cleared. */
const growth = 50;

/**
 * Left alone, the collector lets the memory of a process grow to four times of what is in use before it looks: 650 MB instead of 380 for a
 * day of 100,000 rows, and no faster. Holds for the whole process, from here on.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${String(growth)}`);
}
