import { correctionContent, correctionFaults, correctors, type CorrectionContent } from './correction';
import { recordType } from './spec';

/** Withdraws a record: nothing may cite it any more, and whatever cited it is told as broken. */
export const revocation = recordType<CorrectionContent>({
  type: 'revocation',
  title: { en: 'Revocation', zh: '撤回' },
  content: correctionContent,
  filedBy: correctors,
  labels: 'optional',
  unit: 'any',
  period: 'any',
  about: 'any',
  cites: () => [{ role: 'revoked', type: 'any', min: 1, max: 1, same: ['uscc', 'unit', 'period'] }],
  versions: 'direct',
  check: (input) => correctionFaults(input, 'revoked'),
});
