// What the page of the console shows before its scripts have run: its own first view, rendered while it is built, and the script that chooses it.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import type { Plugin, Rolldown } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));
const own = (name: string): string => path.join(here, 'src/app', name);

type Alias = Readonly<Record<string, string>>;

/** Where the two stand in `index.html`. */
const [SCRIPT, VIEWS] = ['<!-- early script -->', '<!-- early views -->'];

async function bundled(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [own(entry)],
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    ...options,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** One classic script: unlike a module it runs before the page is painted. */
const chooser = (): Promise<string> => bundled('early.ts', { format: 'iife', target: 'chrome111' });

async function views(alias: Alias): Promise<string> {
  const code = await bundled('early-views.tsx', {
    format: 'cjs',
    platform: 'node',
    jsx: 'automatic',
    minify: false,
    alias: { ...alias },
    define: {
      'process.env.NODE_ENV': '"production"',
      'location.origin': '"http://localhost"',
      'import.meta.url': '""',
    },
  });
  const module = { exports: {} as { readonly earlyViews: () => string } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what was bundled here a line above
  new Function('module', 'exports', 'require', code)(module, module.exports, createRequire(import.meta.url));
  return module.exports.earlyViews();
}

/** All that the console itself is made of is asked for at once, though it runs after the first frame. */
function preloads(bundle: Rolldown.OutputBundle): string {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    const chunk = bundle[file];
    if (seen.has(file) || chunk?.type !== 'chunk') return;
    seen.add(file);
    chunk.imports.forEach(visit);
  };
  const mount = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId === own('mount.tsx'));
  if (mount !== undefined) visit(mount.fileName);
  return [...seen].map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`).join('');
}

/** Puts both into `index.html`. @param alias of the workspaces, as the console itself is built */
export function earlyView(alias: Alias): Plugin {
  let name = '';
  return {
    name: 'early-view',
    async buildStart() {
      const script = await chooser();
      name = `assets/early-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName: name, source: script });
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle = {} }) {
        if (!html.includes(VIEWS)) return html;
        const markup = await views(alias);
        return html
          .replace(SCRIPT, () => `<script src="/${name}"></script>${preloads(bundle)}`)
          .replace(VIEWS, () => markup);
      },
    },
  };
}
