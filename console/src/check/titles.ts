import type { Language } from '../language/language';
import { h } from './dom';

/** Words for records bring the rulebook along: they are asked for once there is a record to name, and its key stands until then. */
const placeWords = (): Promise<typeof import('../words/place-words')> => import('../words/place-words');

/** A record or a figure in words, with its key or address small below. */
export function named(address: string, language: Language, href?: string): Node[] {
  const title = href === undefined ? h('span', {}, address) : h('a', { href }, address);
  placeWords().then(
    ({ titleOfFigure, titleOfRecord }) => {
      title.textContent = (address.includes('#') ? titleOfFigure : titleOfRecord)(address, language);
    },
    () => undefined,
  );
  return [title, h('code', {}, address)];
}
