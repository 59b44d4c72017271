import { stateKinds, type StateKind } from '@carbon-ledger/core';
import { keys } from './keys';

/** Kinds that the projection has anyway: parties and heads, under names of their own. */
const elsewhere: ReadonlySet<string> = new Set<StateKind>(['party', 'head']);
const kept: ReadonlySet<string> = new Set(stateKinds.filter((kind) => !elsewhere.has(kind)));

/** Where a value of the world state is kept as it is, because rules decide on it; undefined for what is not. */
export function worldPlace(key: string): string | undefined {
  return kept.has(key.split('/', 1)[0] ?? '') ? keys.world(key) : undefined;
}
