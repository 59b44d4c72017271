import path from 'node:path';
import type { DocumentRef, PlantYear } from '@carbon-ledger/core';
import { parsePlantYear } from '@carbon-ledger/core';
import { readBytes, readJsonFile } from '../files/write-file';
import { manifestFiles, readDocuments } from '../importing/documents';

/** The sample that a new trial ledger begins with: a fictitious plant-year and its files. */
export interface Sample {
  readonly file: string;
  readonly plantYear: PlantYear;
  readonly documentsDir: string;
  readonly documents: ReadonlyMap<string, readonly DocumentRef[]>;
}

export async function readSample(folder: string): Promise<Sample> {
  const file = path.join(folder, 'sample-plant.json');
  const documentsDir = path.join(folder, 'files');
  return {
    file,
    plantYear: parsePlantYear(await readJsonFile(file)),
    documentsDir,
    documents: await readDocuments(documentsDir),
  };
}

export interface SampleFile {
  readonly key: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/** The first file of a record that is plain text, so that a changed digit can be shown to a person. */
export async function textFileOf(sample: Sample, key: string): Promise<SampleFile | undefined> {
  const files = (await manifestFiles(sample.documentsDir)).get(key) ?? [];
  const text = files.find((file) => /\.(?:csv|txt)$/.test(file));
  return text === undefined ? undefined : { key, path: text, bytes: await readBytes(text) };
}

export interface ChangedDigit {
  readonly bytes: Buffer;
  /** The line before and after, for people. */
  readonly before: string;
  readonly after: string;
}

const zero = 0x30;

/** Changes the last digit of the file's last line that has one. @throws RangeError for a file without digits */
export function changeOneDigit(bytes: Buffer): ChangedDigit {
  const at = bytes.findLastIndex((byte) => byte >= zero && byte <= zero + 9);
  if (at < 0) throw new RangeError('there is no digit to change');
  const changed = Buffer.from(bytes);
  changed[at] = zero + (((bytes[at] ?? zero) - zero + 1) % 10);
  return { bytes: changed, before: lineAround(bytes, at), after: lineAround(changed, at) };
}

function lineAround(bytes: Buffer, at: number): string {
  const start = bytes.lastIndexOf(0x0a, at) + 1;
  const end = bytes.indexOf(0x0a, at);
  return bytes
    .subarray(start, end < 0 ? bytes.length : end)
    .toString('utf8')
    .trim();
}
