/** What a variable of a formula stands for; undefined where nobody says. */
export type Named = (variable: string) => string | undefined;

const signs: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '-': '−', '+': '+' };

/** A formula as people write it, its variables called by what they stand for: `FC*NCV` is `入炉煤量 × 低位发热量`. */
export function formulaWords(expression: string, named: Named = () => undefined): string {
  const spaced = expression.replaceAll(/ *([-+*/]) */g, (_, sign: string) => ` ${signs[sign] ?? sign} `);
  return spaced
    .replaceAll(/\b[A-Za-z][A-Za-z0-9_]*\b(?! *\()/g, (name) => named(name) ?? name)
    .replaceAll(/([(,]) +− /g, '$1 −')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
