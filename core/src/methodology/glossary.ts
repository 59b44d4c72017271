import type { Title } from './spec';
import glossary from './glossary.json';

// Written by `npm run sectors` from the glossaries of sectors/.
const sectors: Readonly<Record<string, Readonly<Record<string, Title>>>> = glossary;

/** Words of parameters that all sectors share (`sectors/market`). */
const market = 'market';

/**
 * Words of a figure, parameter or field of a sector; a member of a family has those of the family with its own behind them
 * (`fuel.FC.coke`).
 * @returns the name itself where the sector has no words for it
 */
export function wordsOf(sector: string, name: string): Title {
  const words = Object.hasOwn(sectors, sector) ? (sectors[sector] ?? {}) : {};
  const steps = name.replace(/\.[*@]$/, '').split('.');
  for (let count = steps.length; count > 0; count -= 1) {
    const known = steps.slice(0, count).join('.');
    const found = own(words, known) ?? own(sectors[market] ?? {}, known);
    if (found) return withMember(found, steps.slice(count), words);
  }
  return { en: name, zh: name };
}

/** Words of a figure whose sector is not known: those of the first sector that has any. */
export function wordsOfAnySector(name: string): Title {
  const found = Object.keys(sectors).map((sector) => wordsOf(sector, name));
  return found.find(({ zh }) => zh !== name) ?? { en: name, zh: name };
}

/** Names come from files of others: `constructor` is none of ours. */
function own(words: Readonly<Record<string, Title>>, name: string): Title | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

function withMember({ en, zh }: Title, rest: readonly string[], words: Readonly<Record<string, Title>>): Title {
  if (rest.length === 0) return { en, zh };
  const member = rest.join('.');
  const named = own(words, member) ?? { en: member, zh: member };
  return { en: `${en}, ${named.en}`, zh: `${zh}·${named.zh}` };
}
