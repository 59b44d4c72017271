import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from './counted';

const src = join(__dirname, '..');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.test)\.tsx?$/.test(name),
);

describe('a number with its word', () => {
  it('is one of it or many', () => {
    expect([counted(0, 'row'), counted(1, 'row'), counted(2, 'row')]).toEqual(['0 rows', '1 row', '2 rows']);
    expect([counted(1, 'entry', 'entries'), counted(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
  });

  it('is never written with the word of many behind whatever number it is', () => {
    const plural =
      /String\([^)]*\)\} (?:rows|figures|records|entries|findings|cells|days|things|decimals|parties|enterprises|facts)\b/;
    const wrong = sources.filter((name) => plural.test(readFileSync(join(src, name), 'utf8')));
    expect(wrong).toEqual([]);
  });
});
