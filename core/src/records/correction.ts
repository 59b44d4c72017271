import { z } from 'zod';
import type { Fault } from '../errors';
import { typeOfKind } from '../identifiers';
import { contentFault, textSchema } from './content';
import type { LedgerRecord } from './record';
import { partyKinds, type CheckInput, type PartyKind } from './spec';

/** What supersession and revocation share: a reason, and exactly one record that they are about. */
export const correctionContent = z.strictObject({
  reason: z.enum(['CORRECTION', 'RULE_CHANGE', 'RETURNED', 'VERIFICATION', 'WITHDRAWN_BY_ISSUER', 'FINDING']),
  statement: textSchema,
});
export type CorrectionContent = z.infer<typeof correctionContent>;

/** Everybody but a device: correcting is a decision. */
export const correctors: readonly PartyKind[] = partyKinds.filter((kind) => kind !== 'device');

const authorities = new Set<PartyKind>(['city-authority', 'province-authority', 'national-authority']);

/** The label names the kind that is corrected: `supersession.monthly-evidence`. Dots of that kind become underscores. */
export function correctionKind(type: 'supersession' | 'revocation', corrected: string): string {
  return `${type}.${corrected.replaceAll('.', '_')}`;
}

/** The target must be the issuer's own record, unless an authority acts. */
export function correctionFaults(
  { record, scope, issuer }: CheckInput<CorrectionContent>,
  role: 'superseded' | 'revoked',
): Fault[] {
  const [target] = scope.cited.get(role) ?? [];
  if (!target) return [];
  const faults: Fault[] = [];
  if (target.record.issuer !== record.issuer && !authorities.has(issuer.kind)) {
    faults.push({
      path: '/issuer',
      code: 'NOT_ALLOWED_TO_FILE',
      message: 'only the issuer of a record, or an authority, may correct it',
    });
  }
  const type = record.type === 'supersession' ? 'supersession' : 'revocation';
  if (record.kind !== correctionKind(type, target.record.kind)) {
    faults.push({
      path: '/kind',
      code: 'BAD_RECORD',
      message: `the kind must be ${correctionKind(type, target.record.kind)}`,
    });
  }
  if (['supersession', 'revocation'].includes(typeOfKind(target.record.kind))) {
    faults.push(contentFault('reason', 'a correction cannot itself be corrected: file another version'));
  }
  return faults;
}

/** The business key of the record that a correction is about. */
export function correctedKey(record: LedgerRecord): string | undefined {
  return record.cites.find((citation) => citation.role === 'superseded' || citation.role === 'revoked')?.key;
}
