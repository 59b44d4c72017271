import { visibleText } from '@carbon-ledger/core/identifiers';
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

/** Text of others (file names, record fields) made safe for a terminal: what is not seen is written out. */
export function plainText(text: string): string {
  return visibleText(text);
}

const OWN_SIGNS = /(\u001b\[[0-9]+m|\n)/;

/** Lines of an answer, whatever names of others are in it; our own colours and line ends stay. */
export function visibleLines(text: string): string {
  return text
    .split(OWN_SIGNS)
    .map((part, index) => (index % 2 === 1 ? part : visibleText(part)))
    .join('');
}
