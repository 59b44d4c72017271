import { correctionContent, correctionFaults, correctors, type CorrectionContent } from './correction';
import { recordType } from './spec';

/** Opens a record's key for its next version, with a lawful reason; the old record and its hash stay. */
export const supersession = recordType<CorrectionContent>({
  type: 'supersession',
  title: { en: 'Supersession', zh: '更正替代' },
  content: correctionContent,
  filedBy: correctors,
  labels: 'optional',
  unit: 'any',
  period: 'any',
  about: 'any',
  cites: () => [{ role: 'superseded', type: 'any', min: 1, max: 1, same: ['uscc', 'unit', 'period'] }],
  versions: 'direct',
  check: (input) => correctionFaults(input, 'superseded'),
});
