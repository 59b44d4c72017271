import { readFileSync } from 'node:fs';
import path from 'node:path';
import { create, type Font } from 'fontkit';

/*
 * Noto Sans Hans (SIL OFL 1.1) as its package ships it: all of GB 2312 and GBK, so that names of people and places are there. Read from
 * the package and never from the machine, whose fonts differ; only the glyphs that a paper uses go into it.
 */
const folder = path.join(path.dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts');

export type Weight = 'regular' | 'bold';

const files: Readonly<Record<Weight, string>> = {
  regular: 'NotoSansHans-Regular.otf',
  bold: 'NotoSansHans-Bold.otf',
};

const read = new Map<Weight, Buffer>();

/** The whole file of a weight, some 8 MB, read once. */
export function fontFile(weight: Weight): Buffer {
  const known = read.get(weight) ?? readFileSync(path.join(folder, files[weight]));
  read.set(weight, known);
  return known;
}

let regular: Font | undefined;

/** Whether the fonts can draw a character; both weights have the same. */
export function isDrawn(codePoint: number): boolean {
  regular ??= fontOf(create(fontFile('regular')));
  return regular.hasGlyphForCodePoint(codePoint);
}

function fontOf(found: ReturnType<typeof create>): Font {
  if ('hasGlyphForCodePoint' in found) return found;
  throw new TypeError('a collection of fonts stands where one font should');
}
