import { correctionContent, correctionFaults, correctors, type CorrectionContent } from '../correction';
import type { RecordTypeSpec } from '../spec';

/** Opens a record's key for its next version, with a lawful reason; the old record and its hash stay. */
export const supersession: RecordTypeSpec<CorrectionContent> = {
  type: 'supersession',
  title: { en: 'Supersession', zh: '更正替代' },
  content: correctionContent,
  filed: correctors,
  labels: {
    names: 'any',
    required: true,
    title: { en: 'Kind of the record that is corrected', zh: '所更正记录的种类' },
    hint: { en: 'as monthly-evidence; a dot in it is written _', zh: '如 monthly-evidence；其中的点写作 _' },
  },
  unit: 'any',
  period: 'any',
  process: 'continued',
  cites: () => [{ role: 'superseded', type: 'any', min: 1, max: 1, same: ['uscc', 'unit', 'period'], acts: true }],
  acts: () => [{ role: 'superseded', trigger: 'supersession' }],
  undo: 'refused',
  conditions: (input) => correctionFaults(input, 'superseded'),
  example: { reason: 'CORRECTION', statement: '煤量计量器具校准后更正' },
};
