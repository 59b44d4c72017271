/** Elements of a list whose text is made at once: some milliseconds. */
const AT_ONCE = 200;

function isLong(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > AT_ONCE;
}

/** What JSON.stringify writes member by member, and nothing that has a word of its own in it. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function hasLong(value: unknown): boolean {
  return isLong(value) || (isPlain(value) && Object.values(value).some(hasLong));
}

function* listPieces(list: readonly unknown[]): Generator<string, void, undefined> {
  for (let at = 0; at < list.length; at += AT_ONCE) {
    const text = JSON.stringify(list.slice(at, at + AT_ONCE)).slice(1, -1);
    yield `${at === 0 ? '[' : ','}${text}`;
  }
  yield ']';
}

function* objectPieces(value: Readonly<Record<string, unknown>>): Generator<string, void, undefined> {
  let before = '{';
  for (const [name, member] of Object.entries(value)) {
    const head = `${before}${JSON.stringify(name)}:`;
    if (hasLong(member)) {
      yield head;
      yield* jsonPieces(member);
    } else {
      const text = textOf(member);
      if (text === undefined) continue;
      yield `${head}${text}`;
    }
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** Undefined for what JSON has no word for, whatever the types say. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(value);
}

/** The text that JSON.stringify gives, in pieces: the elements of its long lists, not deeper than objects lead, some hundred at a time. */
export function* jsonPieces(value: unknown): Generator<string, void, undefined> {
  if (isLong(value)) yield* listPieces(value);
  else if (isPlain(value) && hasLong(value)) yield* objectPieces(value);
  else yield JSON.stringify(value);
}
