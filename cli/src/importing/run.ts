import type { PlantYearStep, WaitingRecord } from '@carbon-ledger/plant-year';
import type { AlreadyThere } from './already';

export interface ImportSummary extends AlreadyThere {
  /** Records that were anchored now. */
  readonly anchored: number;
  /** Records that were there already. */
  readonly already: number;
  readonly submissions: number;
  readonly records: number;
  /** By party, in the order of filing. */
  readonly parties: readonly { readonly party: string; readonly records: number }[];
  readonly documents: number;
  /** Records that cannot be made before others anchor what they cite. */
  readonly waiting: readonly WaitingRecord[];
}

interface Progressing {
  readonly onProgress: (done: number, total: number) => void;
}

/** What one run has anchored so far, over all its attempts. */
export class Run<Options extends Progressing> {
  readonly anchored: PlantYearStep[] = [];
  readonly options: Options;
  #total = 0;

  constructor(options: Options) {
    this.options = options;
  }

  has(key: string): boolean {
    return this.anchored.some(({ records }) => records.some((record) => record.key === key));
  }

  expect(steps: readonly PlantYearStep[]): void {
    this.#total = countRecords(this.anchored) + countRecords(steps);
    this.#tell();
  }

  take(step: PlantYearStep): void {
    this.anchored.push(step);
    this.#tell();
  }

  #tell(): void {
    this.options.onProgress(countRecords(this.anchored), this.#total);
  }
}

export function countRecords(steps: readonly PlantYearStep[]): number {
  return steps.reduce((sum, { records }) => sum + records.length, 0);
}

type Standing = Pick<ImportSummary, 'already' | 'ended' | 'doubted' | 'waiting'>;

export function summaryOf(steps: readonly PlantYearStep[], standing: Standing): ImportSummary {
  const anchored = countRecords(steps);
  const byParty = new Map<string, number>();
  for (const { party, records } of steps) byParty.set(party, (byParty.get(party) ?? 0) + records.length);
  return {
    anchored,
    ...standing,
    submissions: steps.length,
    records: anchored + standing.already,
    parties: [...byParty].map(([party, records]) => ({ party, records })),
    documents: steps.reduce(
      (sum, { records }) => sum + records.reduce((own, { record }) => own + record.documents.length, 0),
      0,
    ),
  };
}
