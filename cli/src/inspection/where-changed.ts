import {
  consequencesOf,
  InspectedRecords,
  isLedgerError,
  systemReason,
  type AnchoredDocument,
  type CheckedFile,
  type TableCell,
} from '@carbon-ledger/core';
import { readTableCells } from '@carbon-ledger/spreadsheets';
import type { ReadableFile } from './folder';
import { sameBytes, type Originals } from './originals';
import { comparePdf, isPdf } from './pdf';
import { isTable, mostTableBytes } from './tables';

type Where = Partial<CheckedFile>;

const whole = (why: string): Where => ({ compared: 'whole-file', why });

const wholeOnly =
  'only the whole file can be compared: give the opening of its cells, or the party’s own copy of what was anchored';
const tooLarge = 'it is larger than 64 MB: it is compared whole';

async function cellsIn(file: ReadableFile, whose: string): Promise<TableCell[] | string> {
  if (file.size > mostTableBytes) return tooLarge;
  const bytes = await sameBytes(file);
  try {
    return readTableCells(bytes);
  } catch (error) {
    if (isLedgerError(error)) return `${whose} cannot be read as a table: ${error.message}`;
    throw error;
  }
}

/** Finds out where a file was changed, as far as that can be told, and what it costs. */
export class WhereChanged {
  readonly #records: InspectedRecords;
  readonly #originals: Originals;

  constructor(records: InspectedRecords, originals: Originals) {
    this.#records = records;
    this.#originals = originals;
  }

  async of(of: AnchoredDocument, file: ReadableFile): Promise<Where> {
    if (file.size > mostTableBytes) return whole(tooLarge);
    try {
      if (isPdf(of.document.name)) return await this.#pages(of, file);
      return isTable(file.name, file.size)
        ? await this.#cells(of, file)
        : whole('a file of this kind is compared whole');
    } catch (error) {
      return whole(isLedgerError(error) ? error.message : systemReason(error));
    }
  }

  async #pages({ document }: AnchoredDocument, file: ReadableFile): Promise<Where> {
    const copy = this.#originals.copy(document.sha256);
    const differs = await comparePdf(copy && (await sameBytes(copy)), await sameBytes(file), document.size);
    return copy === undefined ? { ...whole(wholeOnly), differs } : { compared: 'own-copy', differs };
  }

  async #cells(of: AnchoredDocument, file: ReadableFile): Promise<Where> {
    const found = await cellsIn(file, 'it');
    if (typeof found === 'string') return whole(found);
    const opened = this.#originals.opened(of.document.sha256);
    if (opened !== undefined) return this.#compared('opening', of, opened, found);
    const copy = this.#originals.copy(of.document.sha256);
    if (copy === undefined) return whole(wholeOnly);
    const anchored = await cellsIn(copy, 'the own copy');
    return typeof anchored === 'string' ? whole(anchored) : this.#compared('own-copy', of, anchored, found);
  }

  async #compared(
    compared: 'opening' | 'own-copy',
    of: AnchoredDocument,
    anchored: readonly TableCell[],
    found: readonly TableCell[],
  ): Promise<Where> {
    return { compared, ...(await consequencesOf(this.#records, of, { anchored, found })) };
  }
}
