import { inputErrors } from './input';
import { authorityErrors } from './authority';
import { rulesErrors } from './rules';
import { lookupErrors } from './lookup';
import { ledgerErrors } from './ledger';
import { proofErrors } from './proof';
import { outsideErrors } from './outside';
import { toolErrors } from './tool';
import { evidenceErrors } from './evidence';
import { methodologyErrors } from './methodology';
import { migrationErrors } from './migration';
import { spreadsheetErrors } from './spreadsheet';
import type { CatalogueEntry } from './entry';

/** Every error that a person or a program can meet, in one place (docs/errors.md says the same for people). */
export const catalogue = {
  ...inputErrors,
  ...authorityErrors,
  ...rulesErrors,
  ...lookupErrors,
  ...ledgerErrors,
  ...proofErrors,
  ...outsideErrors,
  ...toolErrors,
  ...evidenceErrors,
  ...migrationErrors,
  ...methodologyErrors,
  ...spreadsheetErrors,
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;

export type { CatalogueEntry };
