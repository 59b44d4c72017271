import { isUscc, type OfferedKey } from '@carbon-ledger/core';
import { membersOf, type Content } from '../filing/content';

/** A key that was made here, as much of it as its registrar needs. */
interface MadeKey {
  readonly party?: string;
  readonly keyId: string;
  readonly offered?: OfferedKey;
}

/** It begins with the party's code, by which the registrar's form knows whose it is. */
export function requestFileName(made: MadeKey): string {
  return keyFileName(made).replace(/json$/, 'request.json');
}

/** As the command line names it: a browser would write an underscore for the colon of a key id. */
export function keyFileName({ party = '', keyId }: Pick<MadeKey, 'party' | 'keyId'>): string {
  return `${party}.${keyId.replace(':', '-')}.json`;
}

/** The same file as the command line writes. */
export function requestText({ offered }: MadeKey): string {
  return `${JSON.stringify(offered === undefined ? [] : [offered], null, 2)}\n`;
}

/** Keys that a request offers; undefined where the file is none. */
export function offeredKeys(text: string): readonly Content[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  const keys: readonly unknown[] = Array.isArray(read) ? read : [];
  const all = keys.map(membersOf).filter(({ id, proof }) => typeof id === 'string' && typeof proof === 'string');
  return all.length > 0 && all.length === keys.length ? all : undefined;
}

/** Content of a registration with these keys: each once, as it was offered last. */
export function withKeys(content: Content, offered: readonly Content[]): Content {
  const before: readonly unknown[] = Array.isArray(content['keys']) ? content['keys'] : [];
  const ids = new Set(offered.map(({ id }) => id));
  const kept = before.map(membersOf).filter(({ id }) => id !== '' && id !== undefined && !ids.has(id));
  return { ...content, keys: [...kept, ...offered] };
}

/** Whose request it is, by the name under which it was saved. */
export function partyOfRequest(fileName: string): string | undefined {
  const [code = ''] = fileName.split('.');
  return isUscc(code) ? code : undefined;
}
