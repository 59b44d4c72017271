import { correctionContent, correctionFaults, correctors, type CorrectionContent } from '../correction';
import type { RecordTypeSpec } from '../spec';

/** Withdraws a record: it counts no more, and its key waits for a next version. */
export const revocation: RecordTypeSpec<CorrectionContent> = {
  type: 'revocation',
  title: { en: 'Revocation', zh: '撤回' },
  content: correctionContent,
  filed: correctors,
  labels: {
    names: 'any',
    required: true,
    title: { en: 'Kind of the record that is revoked', zh: '所撤销记录的种类' },
    hint: { en: 'as monthly-evidence; a dot in it is written _', zh: '如 monthly-evidence；其中的点写作 _' },
  },
  unit: 'any',
  period: 'any',
  process: 'continued',
  cites: () => [{ role: 'revoked', type: 'any', min: 1, max: 1, same: ['uscc', 'unit', 'period'], acts: true }],
  acts: () => [{ role: 'revoked', trigger: 'revocation' }],
  undo: 'refused',
  conditions: (input) => correctionFaults(input, 'revoked'),
  example: { reason: 'WITHDRAWN_BY_ISSUER', statement: '煤量计量器具校准后更正' },
};
