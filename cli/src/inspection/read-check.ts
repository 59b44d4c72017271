import { fileVerdicts, type FileVerdict, type Twins } from '@carbon-ledger/core';
import { z } from 'zod';
import { readJsonFile } from '../files/read-file';
import { inShape } from '../files/shape';
import type { FolderCheck } from './check';

const text = z.string().max(4096);
const verdicts = Object.keys(fileVerdicts) as [FileVerdict, ...FileVerdict[]];
const documentSchema = z.looseObject({
  key: text,
  record: text,
  name: text,
  sha256: text.min(1),
});

/** What `inspect check` writes, as far as a report is built on it. */
const checkSchema = z.looseObject({
  counts: z.record(z.enum([...verdicts, 'missing', 'twins']), z.int().min(0)),
  files: z.array(z.looseObject({ path: text, verdict: z.enum(verdicts) })),
  missing: z.array(documentSchema),
  twins: z.array(z.custom<Twins>((twins) => typeof twins === 'object' && twins !== null)),
});

/** @throws LedgerError BAD_FILE for what is no comparison of a folder: a report is signed over it */
export async function readCheck(file: string): Promise<FolderCheck> {
  return inShape(checkSchema, await readJsonFile(file), `${file} is no comparison of a folder`);
}
