import { isLedgerError } from '../errors';
import { bucketOf, parseBusinessKey, type BusinessKey } from '../identifiers';
import { allowedSteps, type AllowedStep, type Rulebook } from '../rulebook';
import { none } from '../rulebook/processes';
import type { OverlayView } from '../state';
import { headEntry } from './heads';
import { allowedWords, stateOf } from './lifecycle';

/** Where what is asked about stands: the state as a refused record found it, by the rules in force. */
export interface Standing {
  readonly view: OverlayView;
  readonly rulebook: Rulebook;
}

/** Where a key stands, what is possible there, and by whom. */
export interface KeyStanding {
  readonly state: string;
  readonly allowed: readonly AllowedStep[];
  readonly words: string;
}

/** Undefined for what is no business key at all. */
export async function standingOf(key: string, { view, rulebook }: Standing): Promise<KeyStanding | undefined> {
  const parsed = parsedKey(key);
  if (parsed === undefined) return undefined;
  const head = await view.head(bucketOf(parsed), headEntry(parsed, parsed.kind));
  const state = await stateOf(key, head, view, rulebook);
  const allowed = allowedSteps(rulebook, parsed.kind, state);
  const now = state === none ? `${key} was not filed yet` : `${key} is ${state}`;
  return { state, allowed, words: `${now}; what is possible: ${allowedWords(allowed)}` };
}

function parsedKey(key: string): BusinessKey | undefined {
  try {
    return parseBusinessKey(key);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}
