// Builds verify.html: one file without any reference to the outside, into which a file and its receipt are dropped.
// Usage: node scripts/verify-page/build.mjs [OUTPUT [POLICY.json]]   (a policy given here is pinned into the page)
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const mostBytes = 150 * 1024;

const options = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  metafile: true,
  logLevel: 'warning',
  // Of core's platform file the twin that needs no Node.
  alias: { '#digest-platform': path.join(root, 'core/src/digest/platform.browser.ts') },
};

/** The whole catalogue of errors, as its source has it. */
async function errorCatalogue() {
  const entryPoints = [path.join(root, 'core/src/errors/catalogue/index.ts')];
  const { outputFiles } = await build({ ...options, entryPoints, format: 'cjs', platform: 'node' });
  const module = { exports: {} };
  new Function('module', 'exports', outputFiles[0].text)(module, module.exports);
  return module.exports.catalogue;
}

/** Of the catalogue, those errors alone that a source of the page names: it grows with everything that is no receipt. */
async function namedErrors(entryPoints) {
  const { metafile } = await build({ ...options, entryPoints });
  const sources = Object.keys(metafile.inputs).filter((file) => /\.ts$/.test(file) && !file.includes('/catalogue/'));
  const text = sources.map((file) => readFileSync(path.join(root, file), 'utf8')).join('');
  const named = new Set(Array.from(text.matchAll(/'([A-Z][A-Z_]+)'/g), ([, code]) => code));
  const entries = Object.entries(await errorCatalogue()).filter(([code]) => named.has(code));
  const contents = `export const catalogue = ${JSON.stringify(Object.fromEntries(entries))};`;
  return {
    name: 'named-errors',
    setup: ({ onLoad }) => onLoad({ filter: /errors\/catalogue\/index\.ts$/ }, () => ({ contents, loader: 'ts' })),
  };
}

async function script(folder) {
  const entryPoints = [path.join(folder, 'page.ts')];
  const { outputFiles } = await build({ ...options, entryPoints, plugins: [await namedErrors(entryPoints)] });
  // Inside a script element, no text may look like its end.
  return outputFiles[0].text.replaceAll('</', '<\\/').trim();
}

async function stylesheet(folder) {
  const { code } = await transform(readFileSync(path.join(folder, 'page.css'), 'utf8'), {
    loader: 'css',
    minify: true,
  });
  return code.trim();
}

const sourceHash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Puts text into the one empty place of the template; text is never read as a pattern. */
function fill(page, place, filled) {
  if (page.split(place).length !== 2) throw new Error(`page.html needs exactly one ${place}`);
  return page.replace(place, () => filled);
}

/** One file out of `page.html`, `page.css` and `page.ts` of a folder: nothing may be loaded and nothing sent, only its own script and style run. */
export async function savedPage(folder, more = []) {
  const style = await stylesheet(folder);
  const code = await script(folder);
  const csp = `default-src 'none'; script-src ${sourceHash(code)}; style-src ${sourceHash(style)}; base-uri 'none'; form-action 'none'`;
  const places = [
    ['content="default-src \'none\'"', `content="${csp}"`],
    ['<style></style>', `<style>${style}</style>`],
    ['<script></script>', `<script>${code}</script>`],
    ...more,
  ];
  const template = readFileSync(path.join(folder, 'page.html'), 'utf8');
  return places.reduce((filled, [place, text]) => fill(filled, place, text), template);
}

export async function verifyPage(policy = '') {
  const json = '<script type="application/json" id="pinned-policy">';
  const page = await savedPage(here, [
    [`${json}</script>`, `${json}${policy.trim().replaceAll('<', '\\u003c')}</script>`],
    [
      '<span id="policy-name">policy.json',
      `<span id="policy-name">${policy === '' ? 'policy.json' : '已内置 built in'}`,
    ],
  ]);
  if (Buffer.byteLength(page) > mostBytes)
    throw new Error(`verify.html has ${Buffer.byteLength(page)} bytes; ${mostBytes} is the most`);
  return page;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [output = path.join(root, 'core/dist/verify.html'), policyFile] = process.argv.slice(2);
  const page = await verifyPage(policyFile === undefined ? '' : readFileSync(policyFile, 'utf8'));
  mkdirSync(path.dirname(path.resolve(output)), { recursive: true });
  writeFileSync(output, page);
  process.stdout.write(`${path.relative(root, path.resolve(output))} ${Buffer.byteLength(page)} bytes\n`);
}
