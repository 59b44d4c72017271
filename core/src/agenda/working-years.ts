import type { Rulebook } from '../rulebook';
import type { WorkingYear } from './deadline';
import type { AgendaSource } from './source';

type Tables = Pick<Rulebook, 'types' | 'processes'>;

/** A calendar with the record that states it. */
export interface FiledWorkingYear extends WorkingYear {
  readonly record: string;
}

/** Every calendar of working days that stands, by the records of the national authority. */
export async function workingYears({ types, processes }: Tables, source: AgendaSource): Promise<FiledWorkingYear[]> {
  const { states } = processes[types['working-days'].process];
  const years: FiledWorkingYear[] = [];
  for (const state of Object.keys(states).filter((one) => states[one]?.standing === 'stands'))
    for await (const { record, key } of source.current('working-days', state)) {
      const found = types['working-days'].content.safeParse((await source.record(record))?.content);
      if (found.success) years.push({ ...(found.data as WorkingYear), year: yearOf(key), record });
    }
  return years;
}

/** `2024` of `USCC/-/2024/working-days`. */
const yearOf = (key: string): string => key.split('/')[2] ?? '';
