import type { Words } from '../language/language';

/** Words of a figure; its name where there are none. */
export function figureWords(name: string): Words {
  return { zh: name, en: name };
}
