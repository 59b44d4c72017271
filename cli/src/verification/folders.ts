import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isLedgerError } from '@carbon-ledger/core';
import { findPlace, isText } from '../files/place';
import { filesOf, isPassedOver, type Found } from '../files/walk';
import { filesOfManifest, isManifest } from '../importing/documents';
import type { Lacking } from './lacking';

/** The files that a command names, without the manifests among them, which say what must be there. */
export class Folders {
  /** Manifests that were found. */
  readonly lists: string[] = [];
  readonly #places: readonly string[];
  readonly #seen = new Set<string>();
  readonly #named: { readonly key: string; readonly file: string }[] = [];

  constructor(places: readonly string[]) {
    this.#places = places;
  }

  /** Documents, and what was passed over. To be read once. */
  async *documents(): AsyncGenerator<Found> {
    for await (const one of filesOf(this.#places)) {
      const found = await this.#read(one);
      if (found === undefined) continue;
      if (!isPassedOver(found) && isText(found)) this.#seen.add(path.resolve(found));
      yield found;
    }
  }

  /** What the manifests name and the folders do not have; once all documents were read. */
  lacking(): Lacking[] {
    const missing = this.#named.filter(({ file }) => !this.#seen.has(path.resolve(file)));
    return missing.map(({ key, file }) => ({ name: file, key, namedBy: 'manifest' }));
  }

  async hasFolder(): Promise<boolean> {
    const kinds = await Promise.all(this.#places.map(isFolder));
    return kinds.includes(true);
  }

  /** A document or what was passed over; undefined for a list of this folder, which is kept for `lacking`. */
  async #read(found: Found): Promise<Found | undefined> {
    try {
      return (await this.#isList(found)) ? undefined : found;
    } catch (error) {
      if (!isLedgerError(error) || isPassedOver(found)) throw error;
      // Whether the folder is complete cannot be told by a list that cannot be read.
      return { passedOver: found, why: `the list of this folder cannot be read: ${error.code}: ${error.message}` };
    }
  }

  async #isList(found: Found): Promise<boolean> {
    if (isPassedOver(found) || !isText(found) || !isManifest(found)) return false;
    const named = await filesOfManifest(found);
    if (named === undefined) return false;
    this.lists.push(found);
    // Named by itself (`files/*`), it says nothing about what else was named.
    if (this.#places.includes(found)) return true;
    for (const [key, files] of named) this.#named.push(...files.map((file) => ({ key, file })));
    return true;
  }
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(await findPlace(place))).isDirectory();
  } catch {
    return false;
  }
}
