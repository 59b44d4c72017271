/** How a cell that is written looks, and what a program makes of what is typed into it. */
export type Look =
  | 'plain'
  | 'title'
  | 'remark'
  | 'header'
  | 'required'
  | 'text'
  | 'day'
  | 'wrapped'
  | 'bad'
  | { readonly decimals: number };

const named = ['plain', 'title', 'remark', 'header', 'required', 'text', 'day', 'wrapped', 'bad'] as const;
const mostDecimals = 12;

export function styleIndex(look: Look): number {
  return typeof look === 'string' ? named.indexOf(look) : named.length + Math.min(look.decimals, mostDecimals);
}

interface Format {
  readonly font?: number;
  readonly fill?: number;
  readonly border?: number;
  readonly number?: number;
  readonly wrap?: true;
}

const textFormat = 49;
const dayFormat = 200;
const firstDecimalFormat = 201;

const formats: readonly Format[] = [
  {},
  { font: 2 },
  { font: 3, wrap: true },
  { font: 1, fill: 2, border: 1, wrap: true },
  { font: 4, fill: 2, border: 1, wrap: true },
  { number: textFormat },
  { number: dayFormat },
  { wrap: true },
  { fill: 3, wrap: true },
  ...Array.from({ length: mostDecimals + 1 }, (_, decimals) => ({ number: firstDecimalFormat + decimals })),
];

function cellFormat({ font = 0, fill = 0, border = 0, number = 0, wrap }: Format): string {
  const ids = `numFmtId="${String(number)}" fontId="${String(font)}" fillId="${String(fill)}" borderId="${String(border)}"`;
  const applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"';
  const alignment = wrap ? '<alignment vertical="top" wrapText="1"/>' : '<alignment vertical="top"/>';
  return `<xf ${ids} xfId="0" ${applied}>${alignment}</xf>`;
}

function numberFormats(): string {
  const decimals = Array.from({ length: mostDecimals + 1 }, (_, places) => {
    const code = places === 0 ? '0' : `0.${'0'.repeat(places)}`;
    return `<numFmt numFmtId="${String(firstDecimalFormat + places)}" formatCode="${code}"/>`;
  });
  const count = String(decimals.length + 1);
  return `<numFmts count="${count}"><numFmt numFmtId="${String(dayFormat)}" formatCode="yyyy\\-mm\\-dd"/>${decimals.join('')}</numFmts>`;
}

const font = (size: number, extra: string, color: string): string =>
  `<font>${extra}<sz val="${String(size)}"/><color rgb="${color}"/><name val="DengXian"/><family val="2"/><charset val="134"/></font>`;

const fonts = [
  font(11, '', 'FF1F1F1F'),
  font(11, '<b/>', 'FF1F1F1F'),
  font(14, '<b/>', 'FF1F1F1F'),
  font(10, '', 'FF595959'),
  font(11, '<b/>', 'FF9C1C1C'),
];
const fill = (pattern: string, color?: string): string =>
  `<fill><patternFill patternType="${pattern}">${color === undefined ? '' : `<fgColor rgb="${color}"/>`}</patternFill></fill>`;
const fills = [fill('none'), fill('gray125'), fill('solid', 'FFE8F1EC'), fill('solid', 'FFFBE3E0')];
const side = (name: string): string => `<${name} style="thin"><color rgb="FFBFBFBF"/></${name}>`;
const borders = [
  '<border><left/><right/><top/><bottom/><diagonal/></border>',
  `<border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border>`,
];

/** The styles part: the same for every workbook that is written here. */
export function stylesXml(): string {
  const list = (name: string, items: readonly string[]): string =>
    `<${name} count="${String(items.length)}">${items.join('')}</${name}>`;
  return [
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    numberFormats(),
    list('fonts', fonts),
    list('fills', fills),
    list('borders', borders),
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    list('cellXfs', formats.map(cellFormat)),
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}
