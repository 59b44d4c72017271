import { strToU8, zipSync } from 'fflate';

/** Parts of a workbook as another program would write them, with the sheet's XML given as it is. */
export interface RawWorkbook {
  /** What stands inside `<worksheet>`, by the name of the sheet. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly sharedStrings?: readonly string[];
  readonly styles?: string;
  readonly workbook?: string;
  readonly more?: Readonly<Record<string, Uint8Array>>;
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function related(entries: readonly (readonly [type: string, target: string])[]): string {
  const all = entries.map(
    ([type, target], index) =>
      `<Relationship Id="rId${String(index + 1)}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
}

/** Bytes of a workbook whose sheets hold exactly the XML that is given. */
export function rawWorkbook({ sheets, sharedStrings, styles, workbook = '', more = {} }: RawWorkbook): Uint8Array {
  const names = Object.keys(sheets);
  const list = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${String(at + 1)}" r:id="rId${String(at + 1)}"/>`,
  );
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': related([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relations}">${workbook}<sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': related([
      ...names.map((_, at) => ['worksheet', `worksheets/s${String(at + 1)}.xml`] as const),
      ['sharedStrings', 'sharedStrings.xml'],
      ['styles', 'styles.xml'],
    ]),
  };
  names.forEach((name, at) => {
    parts[`xl/worksheets/s${String(at + 1)}.xml`] = `<worksheet ${main}>${sheets[name] ?? ''}</worksheet>`;
  });
  if (sharedStrings) parts['xl/sharedStrings.xml'] = `<sst ${main}>${sharedStrings.join('')}</sst>`;
  if (styles !== undefined) parts['xl/styles.xml'] = `<styleSheet ${main}>${styles}</styleSheet>`;
  const bytes = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
  return zipSync({ ...bytes, ...more });
}
