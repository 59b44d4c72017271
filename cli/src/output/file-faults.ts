import type { Fault } from '@carbon-ledger/core';
import { plainText } from './style';

function formatFault({ path, message, details }: Fault): string {
  const got = details?.['got'];
  return plainText(`  ${path}: ${typeof got === 'string' ? `${JSON.stringify(got)} is ` : ''}${message}`);
}

/** Values of a file that are no number or no day, each at its place. */
export function formatFaults(faults: readonly Fault[]): string[] {
  const count = faults.length === 1 ? 'one value' : `${String(faults.length)} values`;
  return faults.length === 0 ? [] : [`the file cannot be read at ${count}:`, ...faults.map(formatFault)];
}
