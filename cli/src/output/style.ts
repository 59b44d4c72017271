import type { Io, TextSink } from '../io';

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

const escape = '\u001b[';
const paint =
  (code: string, enabled: boolean) =>
  (text: string): string =>
    enabled ? `${escape}${code}m${text}${escape}0m` : text;

/** True where a person looks at the sink and has not switched colour off (no-color.org). */
export function wantsColour(sink: TextSink, env: Io['env']): boolean {
  return sink.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}

export function styleFor(sink: TextSink, env: Io['env']): Style {
  const enabled = wantsColour(sink, env);
  return {
    bold: paint('1', enabled),
    dim: paint('2', enabled),
    good: paint('32', enabled),
    bad: paint('31', enabled),
    warn: paint('33', enabled),
  };
}

/** C0, DEL and C1 controls and the marks that reorder text: what could make a terminal show something else. */
function isUnsafe(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

/** Text of others (file names, record fields) made safe for a terminal. */
export function plainText(text: string): string {
  return Array.from(text, (letter) => (isUnsafe(letter.codePointAt(0) ?? 0) ? '\ufffd' : letter)).join('');
}
