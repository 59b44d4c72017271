import { assertNoFaults } from '@carbon-ledger/core';
import type { PlantYear } from './model';

/** Without these nobody can say which plant, unit or year a value is of. */
const identities = /^\/(?:reportYear|enterprise\/uscc|units\/[0-9]+\/unitId)$/;

/** @throws LedgerError BAD_FILE where the file does not say whose plant-year it is, or says it in a way that cannot be read */
export function assertIdentified(file: PlantYear): void {
  const faults = file.unreadable.filter(({ path }) => identities.test(path));
  assertNoFaults('BAD_FILE', faults, 'the file cannot be compared: it does not say whose it is');
}
