const ESCAPED = /[\\^$.*+?()[\]{}|/-]/;
/** Signs of more than ASCII whose small letters begin with one of ASCII: the Kelvin sign, and the Turkish capital I with its dot. */
const BESIDES: Readonly<Record<string, string>> = { k: '\u212a', i: '\u0130' };
/** What has neither capitals nor small letters, and comes of none. */
const CASELESS = /[\u3001-\u303f\u3400-\u9fff]/;

/**
 * Whether a text may hold another, capitals counting for nothing: never no where it does. Without writing the text in small letters, which
 * takes ten times as long where Chinese is in it.
 */
export function mayHold(wanted: string): (text: string) => boolean {
  const pattern = patternOf(wanted.toLowerCase());
  if (pattern !== undefined) return (text) => pattern.test(text);
  const small = wanted.toLowerCase();
  return (text) => text.toLowerCase().includes(small);
}

function patternOf(small: string): RegExp | undefined {
  let source = '';
  for (const sign of small) {
    if (/[a-z]/.test(sign)) source += `[${sign}${sign.toUpperCase()}${BESIDES[sign] ?? ''}]`;
    else if (/[ -~]/.test(sign)) source += ESCAPED.test(sign) ? `\\${sign}` : sign;
    else if (CASELESS.test(sign)) source += sign;
    else return undefined;
  }
  return new RegExp(source);
}
