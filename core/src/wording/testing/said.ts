import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/* Reads from the sources what is said to people in English: each sentence, and each part of one, with `{}` where something is filled in. */

const han = /\p{Script=Han}/u;
/** Words apart by spaces, one of them at least written small; what is one word is a name. */
function isSentence(text: string): boolean {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  return parts.length > 1 && parts.some((part) => /^[(“"]?[a-z’]{2,}[,.;:?)”"]*$/.test(part)) && !text.includes('<');
}

/** What may stand in one place of a text: one of a few words, or something that is filled in. */
function alternatives(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return alternatives(node.expression);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(alternatives);
  if (ts.isTemplateExpression(node)) return textsOf(node);
  return ['{}'];
}

function textsOf(node: ts.TemplateExpression): readonly string[] {
  return node.templateSpans.reduce<readonly string[]>(
    (texts, { expression, literal }) =>
      texts.flatMap((text) => alternatives(expression).map((inner) => text + inner + literal.text)),
    [node.head.text],
  );
}

/** Whether a text stands beside its translation, as titles do, or is read by programs alone. */
function isElsewhere(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  const beside = ts.isCallExpression(parent)
    ? parent.arguments
    : ts.isArrayLiteralExpression(parent)
      ? parent.elements
      : ts.isPropertyAssignment(parent)
        ? parent.parent.properties
        : [];
  return [...beside].some((one) => one !== parent && one !== node && han.test(one.getText().slice(0, 400)));
}

function* saidIn(node: ts.Node): Generator<string> {
  if (ts.isTemplateExpression(node)) {
    if (!(ts.isTemplateSpan(node.parent) && ts.isTemplateExpression(node.parent.parent)) && !isElsewhere(node))
      yield* textsOf(node);
  } else if (ts.isStringLiteralLike(node) && !isElsewhere(node)) yield node.text;
  for (const child of node.getChildren()) yield* saidIn(child);
}

function* sourcesIn(place: string): Generator<string> {
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    const path = join(place, entry.name);
    if (entry.isDirectory() && entry.name !== 'testing') yield* sourcesIn(path);
    else if (/(?<!\.test|\.d)\.ts$/.test(entry.name)) yield path;
  }
}

/** Every sentence in the sources of a folder, each once, with a file in which it stands. */
export function saidUnder(folder: string): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const path of sourcesIn(folder)) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const text of saidIn(file)) if (isSentence(text) && !han.test(text)) said.set(text, path);
  }
  return said;
}
