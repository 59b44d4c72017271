import path from 'node:path';
import type { DocumentRef } from '@carbon-ledger/core';
import { parsePlantYear, type PlantYear } from '@carbon-ledger/plant-year';
import { trialKeys } from '../keys/party-keys';
import { readBytes, readJsonFile } from '../files/read-file';
import { manifestFiles, readDocuments, saltsFrom } from '../importing/documents';

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
    documents: (await readDocuments(documentsDir, saltsFrom(trialKeys))).documents,
  };
}

export interface SampleFile {
  readonly key: string;
  readonly path: string;
  readonly bytes: Buffer;
}

/** The first file of a record whose name fits. */
export async function fileOf(sample: Sample, key: string, name: RegExp): Promise<SampleFile | undefined> {
  const files = (await manifestFiles(sample.documentsDir)).get(key) ?? [];
  const found = files.find((file) => name.test(file));
  return found === undefined ? undefined : { key, path: found, bytes: await readBytes(found) };
}

export interface ChangedDigit {
  readonly bytes: Buffer;
  /** The line before and after, for people. */
  readonly before: string;
  readonly after: string;
}

const zero = 0x30;

/** Changes the last digit of the first number with a decimal point. @throws RangeError for a file without one */
export function changeOneDigit(bytes: Buffer): ChangedDigit {
  // One character per byte, so that places in the text are places in the file.
  const number = /[0-9]+\.[0-9]+/.exec(bytes.toString('latin1'));
  if (number === null) throw new RangeError('there is no decimal number to change');
  const at = number.index + number[0].length - 1;
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
