import { stat } from 'node:fs/promises';
import path from 'node:path';
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
    for await (const found of filesOf(this.#places)) {
      if (await this.#isList(found)) continue;
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
