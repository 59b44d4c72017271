import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { defineConfig, type Plugin } from 'vite';
import { directImports } from './direct-imports.ts';
import { earlyView } from './early-view.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
const source = (name: string): string => path.join(root, name, 'src/index.ts');

/** Sources of the workspaces, not their builds: what is not used is left out. Of core's platform file the twin that needs no Node. */
const alias = {
  '#digest-platform': path.join(root, 'core/src/digest/platform.browser.ts'),
  '@carbon-ledger/plant-year/trial': path.join(root, 'plant-year/src/trial/index.ts'),
  '@carbon-ledger/plant-year': source('plant-year'),
  '@carbon-ledger/spreadsheets': source('spreadsheets'),
  '@carbon-ledger/core': source('core'),
  '@carbon-ledger/client-sdk': source('client-sdk'),
};

const catalogueFile = path.join(root, 'core/src/errors/catalogue/index.ts');

/** Workers tell codes, and the page says what they mean: without cures and Chinese, the catalogue is a fifth of its size in each of them. */
const codesOnly: Plugin = {
  name: 'codes-only',
  enforce: 'pre',
  load(id) {
    if (id !== catalogueFile) return undefined;
    const { catalogue } = createRequire(import.meta.url)('../core/dist/errors') as {
      readonly catalogue: Readonly<
        Record<string, { readonly http: number; readonly exit: number; readonly en: string }>
      >;
    };
    const codes = Object.entries(catalogue).map(([code, { http, exit, en }]) => [code, { http, exit, en }]);
    return `export const catalogue = ${JSON.stringify(Object.fromEntries(codes))};`;
  },
};

const routesFolder = path.join(root, 'client-sdk/src/routes/');
/** Members of a route that the OpenAPI document alone speaks of. */
const spokenOf = new Set(['summary', 'tag', 'problems', 'example']);

/** The page calls routes and describes none: what is said of them stays with the service. */
const routesUnsaid: Plugin = {
  name: 'routes-unsaid',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(routesFolder)) return undefined;
    const said: ts.PropertyAssignment[] = [];
    const visit = (node: ts.Node): void => {
      const [entry] = ts.isCallExpression(node) && node.expression.getText() === 'defineRoute' ? node.arguments : [];
      if (entry !== undefined && ts.isObjectLiteralExpression(entry))
        for (const member of entry.properties)
          if (ts.isPropertyAssignment(member) && spokenOf.has(member.name.getText())) said.push(member);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true));
    // From the end, so that places before stay where they are.
    return said.reverse().reduce((text, member) => {
      const end = text.startsWith(',', member.end) ? member.end + 1 : member.end;
      return text.slice(0, member.getStart()) + text.slice(end);
    }, code);
  },
};

const verifierAddress = path.join(here, 'src/workers/figure-verifier-address.ts');

/**
 * The address of the verifier of figure proofs, which the worker of proofs loads. It is a piece of the pages and shares with them the rules by
 * which figures are computed: in the worker's own build these would stand once more.
 */
const sharedVerifier: Plugin = {
  name: 'shared-verifier',
  load(id) {
    if (id !== verifierAddress) return undefined;
    const chunk = this.emitFile({
      type: 'chunk',
      id: path.join(here, 'src/workers/figure-verifier.ts'),
      name: 'figure-verifier',
      preserveSignature: 'strict',
    });
    return `export const address = import.meta.ROLLUP_FILE_URL_${chunk};`;
  },
};

export default defineConfig({
  root: here,
  plugins: [directImports(alias), routesUnsaid, sharedVerifier, earlyView(alias)],
  base: '/',
  appType: 'mpa',
  resolve: { alias },
  worker: { format: 'es', plugins: () => [directImports(alias), codesOnly, routesUnsaid] },
  // Replaced by the gateway with a fresh one for each answer: antd writes its styles while it runs.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Chromium of the browsers that Chinese offices use; the first with all that core needs of the language.
    target: 'chrome111',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // Libraries mark modules for servers that render; there are none here.
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
      input: { index: path.join(here, 'index.html'), check: path.join(here, 'check.html') },
    },
  },
});
