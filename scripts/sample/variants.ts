import { edited, valueAt, type Json } from './pointer';
import { restated } from './restate';

/** A tampering of the sample (`tamperVariants` of the file), carried out. */
export interface Variant {
  readonly id: string;
  /** What is changed, by JSON pointer. */
  readonly edits: Readonly<Record<string, Json | undefined>>;
  /** `UNIT/PERIOD/KIND#figure` of what was changed. */
  readonly changed: readonly string[];
  /** Rules that must speak. */
  readonly rules: readonly string[];
}

const u1 = '/units/0/months';
const u2 = '/units/1/months';
const months = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}`);
const results = ['Cad_pct', 'Mad_pct', 'Had_pct', 'St_ad_pct'];

/** Results of U1's May stand in June, July and August too. */
function repeatedResults(root: Json): Record<string, Json> {
  const source = results.map((name) => [name, valueAt(root, `${u1}/4/lab/${name}`)] as const);
  return Object.fromEntries(
    [5, 6, 7].flatMap((month) => source.map(([name, value]) => [`${u1}/${String(month)}/lab/${name}`, value])),
  );
}

export function variantsOf(root: Json): Variant[] {
  return [
    {
      id: 'T1',
      edits: { [`${u2}/8/lab/issued`]: '2024-10-20' },
      changed: ['U2/2024-09/test-report#issued'],
      rules: ['R-D02', 'R-L16'],
    },
    {
      id: 'T2',
      edits: Object.fromEntries(months.map((_, index) => [`${u1}/${String(index)}/lab/sampleReceived`, '2024-12-20'])),
      changed: months.map((month) => `U1/${month}/test-report#sampleReceived`),
      rules: ['R-D03', 'R-D04'],
    },
    {
      id: 'T3',
      edits: { [`${u1}/2/lab/reportNo`]: undefined },
      changed: ['U1/2024-03/test-report#reportNo'],
      rules: ['R-D01'],
    },
    {
      id: 'T4',
      edits: { [`${u1}/4/Mar_pct`]: '18.90' },
      changed: ['U1/2024-05/monthly-evidence#Mar_pct'],
      rules: ['R-L07', 'R-S03'],
    },
    {
      id: 'T5',
      edits: { [`${u1}/6/lab/Cad_pct`]: '59.72' },
      changed: ['U1/2024-07/test-report#Cad_pct'],
      rules: ['R-S02', 'R-S03'],
    },
    {
      id: 'T6',
      edits: { [`${u2}/11/coalConsumption_t`]: '94715.61' },
      changed: ['U2/2024-12/monthly-evidence#coalConsumption_t'],
      rules: ['R-L01', 'R-L08', 'R-L10'],
    },
    {
      id: 'T7',
      edits: { [`${u2}/10/heatSupply_GJ`]: '713583.59' },
      changed: ['U2/2024-11/monthly-evidence#heatSupply_GJ'],
      rules: ['R-L10', 'R-L11'],
    },
    {
      id: 'T8',
      edits: repeatedResults(root),
      changed: ['06', '07', '08'].flatMap((month) => results.map((name) => `U1/2024-${month}/test-report#${name}`)),
      rules: ['R-D05', 'R-S05'],
    },
  ];
}

/** The file with only the named values changed. */
export function tampered(root: Json, variant: Variant): Json {
  return edited(root, variant.edits);
}

/** The file with the named values changed and everything that follows from them computed anew. */
export function tamperedAndRestated(root: Json, variant: Variant): Json {
  return restated(tampered(root, variant));
}
