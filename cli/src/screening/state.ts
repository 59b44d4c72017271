import { existsSync } from 'node:fs';
import type { Remembered, ScreeningMemory } from '@carbon-ledger/core';
import { readJsonFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';

interface Kept {
  readonly schema: 'carbon-ledger/screening-state/v1';
  /** Digest of the rule set by which it was made: another one makes it worthless. */
  readonly ruleSet: string;
  readonly enterprises: Readonly<Record<string, Remembered>>;
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' && value !== null && Reflect.get(value, 'schema') === 'carbon-ledger/screening-state/v1'
  );
}

/** What a run leaves for the next one, in a file. */
export interface ScreeningState {
  readonly memory: (ruleSet: string) => ScreeningMemory;
  readonly save: () => Promise<void>;
}

/** A file that is not there, or of another rule set, is an empty memory. @throws LedgerError where it cannot be read as JSON */
export async function openState(file: string): Promise<ScreeningState> {
  const read: unknown = existsSync(file) ? await readJsonFile(file) : undefined;
  const before = isKept(read) ? read : undefined;
  let ruleSet = before?.ruleSet ?? '';
  const known = new Map<string, Remembered>();
  return {
    memory: (digest) => {
      if (before?.ruleSet === digest)
        for (const [uscc, one] of Object.entries(before.enterprises)) known.set(uscc, one);
      ruleSet = digest;
      return {
        get: (uscc) => Promise.resolve(known.get(uscc)),
        set: (uscc, one) => {
          known.set(uscc, one);
          return Promise.resolve();
        },
      };
    },
    save: async () => {
      const kept: Kept = {
        schema: 'carbon-ledger/screening-state/v1',
        ruleSet,
        enterprises: Object.fromEntries(known),
      };
      await writeWhole(file, JSON.stringify(kept));
    },
  };
}
