import { LedgerError, type Fault } from '@carbon-ledger/core';
import type { Document, LineCounter, YAMLError } from 'yaml';

// The library is loaded where it is needed: every other command would pay for it.
type Yaml = typeof import('yaml');

/** What a strict reading gives: the value, every scalar of it text as written, and where a JSON pointer of it stands. */
export interface StrictText {
  readonly value: unknown;
  /** Line of the place or of the nearest one around it that exists; from 1. */
  readonly lineOf: (pointer: string) => number;
}

const maxBytes = 1_000_000;
const maxDepth = 20;

function bad(file: string, line: number, message: string): Fault {
  return { path: `${file}:${String(line)}`, code: 'BAD_METHODOLOGY', message };
}

function refuse(file: string, faults: readonly Fault[]): never {
  throw new LedgerError('BAD_METHODOLOGY', `${file} cannot be read`, { faults });
}

/** Anchors and aliases can make a small text say much; a tag says something of a text that nobody here looks at. */
function shapeFaults(yaml: Yaml, file: string, document: Document, lines: LineCounter): Fault[] {
  const faults: Fault[] = [];
  const lineOf = (range: readonly number[] | null | undefined): number => lines.linePos(range?.[0] ?? 0).line;
  yaml.visit(document, {
    Node(_key, node, path) {
      const tell = (message: string): number => faults.push(bad(file, lineOf(node.range), message));
      if (yaml.isAlias(node) || node.anchor !== undefined) tell('anchors and aliases are not read here');
      else if (node.tag !== undefined) tell(`tags (${node.tag}) are not read here: everything is text`);
      if (yaml.isScalar(node) && node.source === '__proto__') tell('__proto__ is not a name');
      if (path.length > maxDepth * 2) {
        tell(`nested more than ${String(maxDepth)} deep`);
        return yaml.visit.BREAK;
      }
      return undefined;
    },
  });
  return faults;
}

function parse(yaml: Yaml, file: string, text: string, lines: LineCounter): Document {
  try {
    // `failsafe`: every scalar is text, so that 0.7950 keeps its last digit; names are unique; JSON is read as well.
    return yaml.parseDocument(text, { schema: 'failsafe', uniqueKeys: true, strict: true, lineCounter: lines });
  } catch (error) {
    // A text nested thousands deep ends the parser's stack.
    if (error instanceof RangeError) return refuse(file, [bad(file, 1, 'nested too deep')]);
    throw error;
  }
}

function positionOf(yaml: Yaml, document: Document, lines: LineCounter, pointer: string): number {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length).map(indexOrName), true);
    if (yaml.isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function indexOrName(part: string): string | number {
  return /^(?:0|[1-9][0-9]{0,5})$/.test(part) ? Number(part) : part;
}

/**
 * Reads YAML or JSON strictly: no duplicate names, anchors, aliases or tags, one document, at most 1 MB, 20 levels.
 * @throws LedgerError BAD_METHODOLOGY with the line of every fault
 */
export async function readStrictText(file: string, text: string): Promise<StrictText> {
  const yaml = await import('yaml');
  if (Buffer.byteLength(text) > maxBytes) refuse(file, [bad(file, 1, `more than ${String(maxBytes)} bytes`)]);
  const lines = new yaml.LineCounter();
  const document = parse(yaml, file, text, lines);
  const told = [...document.errors, ...document.warnings].map((error: YAMLError) =>
    bad(file, error.linePos?.[0].line ?? 1, error.message.split('\n')[0] ?? ''),
  );
  const faults = told.length > 0 ? told : shapeFaults(yaml, file, document, lines);
  if (faults.length > 0) refuse(file, faults);
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    lineOf: (pointer) => positionOf(yaml, document, lines, pointer),
  };
}
