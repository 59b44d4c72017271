import { z } from 'zod';
import { AuditLedgerContract } from '../../chaincode/src';
import { firstEdition, recordTypes, rulebooks, type Rulebook, type Rulebooks } from '@carbon-ledger/core';

const calendar = recordTypes['working-days'];
const { shape } = calendar.content as z.ZodObject;
const first = rulebooks.get(firstEdition) as Rulebook;

/** A stricter and a wider rule in one: a calendar of working days tells the half days of its year too, and must. */
const second: Rulebook = {
  ...first,
  edition: 2,
  types: {
    ...recordTypes,
    'working-days': {
      ...calendar,
      content: z.strictObject({ ...shape, halfDays: z.array(z.iso.date()) }),
    },
  },
};

/** What a contract knows that was upgraded for the second edition. */
export const bothEditions: Rulebooks = new Map([...rulebooks, [second.edition, second]]);

/** The ledger's contract, upgraded: it judges by either edition, whichever is in force. */
export class UpgradedContract extends AuditLedgerContract {
  protected override get books(): Rulebooks {
    return bothEditions;
  }
}
