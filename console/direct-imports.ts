import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Plugin } from 'vite';

/*
 * What is imported by name from the index of a folder is imported from the file that declares it. Through an index a page would be
 * bundled with all that the index gives out to any other page: the first view with the whole rulebook.
 */

interface Exports {
  readonly own: ReadonlySet<string>;
  /** Given on by name: the file, and its name there. */
  readonly named: ReadonlyMap<string, readonly [from: string, name: string]>;
  /** Files whose exports are given on whole. */
  readonly whole: readonly string[];
}

/** The same while it is read. */
interface Read extends Exports {
  readonly own: Set<string>;
  readonly named: Map<string, readonly [string, string]>;
  readonly whole: string[];
}

interface Declared {
  readonly file: string;
  readonly name: string;
}

/** Of the workspaces, as the console itself is built. */
let aliases: Readonly<Record<string, string>> = {};

const known = new Map<string, Exports>();

function fileOf(base: string, specifier: string): string {
  const own = aliases[specifier];
  if (own !== undefined) return own;
  const place = path.resolve(path.dirname(base), specifier);
  return [`${place}.ts`, path.join(place, 'index.ts')].find((file) => existsSync(file)) ?? place;
}

function ownNames(statement: ts.Statement): readonly string[] {
  const isExported =
    (ts.getCombinedModifierFlags(statement as ts.DeclarationStatement) & ts.ModifierFlags.Export) !== 0;
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ? [statement.name?.text ?? ''] : [];
}

/** What `export { a as b } from 'there'` and `export * from 'there'` give on. */
function readExport(statement: ts.ExportDeclaration, file: string, { own, named, whole }: Read): void {
  const { exportClause, moduleSpecifier } = statement;
  const from = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? fileOf(file, moduleSpecifier.text) : undefined;
  if (exportClause === undefined && from !== undefined) whole.push(from);
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return;
  for (const { name, propertyName } of exportClause.elements)
    if (from === undefined) own.add(name.text);
    else named.set(name.text, [from, (propertyName ?? name).text]);
}

function exportsOf(file: string): Exports {
  const before = known.get(file);
  if (before !== undefined) return before;
  const found: Read = { own: new Set(), named: new Map(), whole: [] };
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    for (const name of ownNames(statement)) found.own.add(name);
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) readExport(statement, file, found);
  }
  known.set(file, found);
  return found;
}

function declared(file: string, name: string): Declared | undefined {
  if (!file.endsWith('.ts')) return undefined;
  const { own, named, whole } = exportsOf(file);
  if (own.has(name)) return { file, name };
  const [from, there] = named.get(name) ?? [];
  if (from !== undefined && there !== undefined) return declared(from, there);
  for (const one of whole) {
    const found = declared(one, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function importsOf(statement: ts.ImportDeclaration, index: string): string | undefined {
  const bindings = statement.importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings) || statement.importClause?.name !== undefined)
    return undefined;
  const values = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  const lines = values.map(({ name, propertyName }) => {
    const found = declared(index, (propertyName ?? name).text);
    return found && `import { ${found.name} as ${name.text} } from ${JSON.stringify(found.file)};`;
  });
  // A name that is nowhere declared is a type, or comes from elsewhere: then the import stays as it is.
  return lines.includes(undefined) ? undefined : lines.join(' ');
}

/** @param alias of the workspaces, as the console itself is built */
export function directImports(alias: Readonly<Record<string, string>>): Plugin {
  aliases = alias;
  return {
    name: 'direct-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id) || id.includes('node_modules')) return undefined;
      const source = ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true);
      const changes = source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
        if (statement.importClause === undefined || statement.importClause.phaseModifier === ts.SyntaxKind.TypeKeyword)
          return [];
        const { text } = statement.moduleSpecifier as ts.StringLiteral;
        const index = text.startsWith('.') || text in alias ? fileOf(id, text) : '';
        const lines = path.basename(index) === 'index.ts' ? importsOf(statement, index) : undefined;
        return lines === undefined ? [] : [{ from: statement.getStart(), to: statement.end, lines }];
      });
      return changes
        .reverse()
        .reduce((text, { from, to, lines }) => text.slice(0, from) + lines + text.slice(to), code);
    },
  };
}
