import type { FormDraft } from './drafts';

/** Words by which a file says which row it belongs to: the number of its report, or unit and month. */
function marksOf({ content, unit, period }: FormDraft): readonly (readonly string[])[] {
  const number = content['reportNo'];
  return [...(typeof number === 'string' && number !== '' ? [[number]] : []), [unit, period]];
}

const isPartOfWord = (character: string): boolean => /[0-9a-z]/.test(character);

/** `U1` is not found in `U11` nor in `XU1`, and `2024-01` also as `202401`. */
function includesMark(path: string, mark: string): boolean {
  const name = path.toLowerCase();
  const forms = [mark.toLowerCase(), mark.replaceAll('-', '').toLowerCase()];
  return forms.some((form) => placesOf(name, form).some((at) => standsAlone(name, at, form.length)));
}

function placesOf(name: string, form: string): number[] {
  const places: number[] = [];
  for (let at = name.indexOf(form); at >= 0; at = name.indexOf(form, at + 1)) places.push(at);
  return places;
}

function standsAlone(name: string, at: number, length: number): boolean {
  return !isPartOfWord(name.charAt(at - 1)) && !isPartOfWord(name.charAt(at + length));
}

/** Files that belong to a row of a form, by their names: first those with the number of its report, else those with unit and month. */
export function filesOfRow<File extends { readonly path: string }>(
  draft: FormDraft,
  files: readonly File[],
): readonly File[] {
  for (const marks of marksOf(draft)) {
    const found = files.filter(({ path }) => marks.every((mark) => mark !== '' && includesMark(path, mark)));
    if (found.length > 0) return found;
  }
  return [];
}
