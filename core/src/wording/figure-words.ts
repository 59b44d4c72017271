import { wordsOf, wordsOfAnySector } from '../methodology';
import type { Words } from './words';

/** Sectors whose glossaries are asked first, in this order; a name of theirs means the same in no other. */
const sectors = ['power', 'steel', 'cement', 'aluminium'] as const;

/** Words of a figure by the glossaries of the sectors; its name where none has it. */
export function figureWords(name: string): Words {
  for (const sector of sectors) {
    const words = wordsOf(sector, name);
    if (words.zh !== name) return words;
  }
  return wordsOfAnySector(name);
}
