import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { sendTagged, weakTag } from './send-reply';

/** The folder that the build of the console leaves: two pages, two to be saved, and what they load under `assets/`. */
interface Site {
  readonly pages: { readonly console: string; readonly check: string };
  readonly files: ReadonlyMap<string, SiteFile>;
}

interface SiteFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly packed: Buffer | undefined;
  readonly policy: string | undefined;
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  png: 'image/png',
};

/** In the built pages, where the nonce of an answer goes, and whether the ledger is one to try things on. */
const NONCE_PLACE = /__CSP_NONCE__/g;
const TRIAL_PLACE = '__TRIAL__';

/**
 * What the pages may load: this origin's own files and no others. The console writes its styles while it runs, so they
 * carry a nonce; scripts do not, because none stand in the page.
 */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Workers hash files and hold keys: they may compile WebAssembly, and reach nothing at all. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";

/** Pages to be saved bring their own, stricter policy, which allows their one script. */
const SAVED_PAGES = ['verify.html', 'inspect.html'];
const SAVED_PAGE_POLICY = "frame-ancestors 'none'";

function policyOf(path: string): string | undefined {
  if (path.includes('.worker-')) return WORKER_POLICY;
  return SAVED_PAGES.includes(path) ? SAVED_PAGE_POLICY : undefined;
}

function readFile(folder: string, path: string): SiteFile {
  const place = join(folder, path);
  const packed = existsSync(`${place}.gz`) ? readFileSync(`${place}.gz`) : undefined;
  const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  const bytes = readFileSync(place);
  return { type, packed, bytes, policy: policyOf(path), etag: weakTag(bytes) };
}

/** All that may be asked for, by its path: a path that is not here reaches no file system. */
function readSite(folder: string): Site {
  const assets = readdirSync(join(folder, 'assets')).filter((name) => !name.endsWith('.gz'));
  const files = new Map(assets.map((name) => [`/assets/${name}`, readFile(folder, `assets/${name}`)]));
  for (const name of SAVED_PAGES) files.set(`/${name}`, readFile(folder, name));
  const page = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { pages: { console: page('index.html'), check: page('check.html') }, files };
}

/**
 * Serves the built console: its files, and its pages to browsers that ask for a page, whatever the address: the console
 * itself says where there is nothing. Everything else is passed on. undefined where the folder holds no finished build.
 */
export function serveSite(folder: string | undefined, isTrial: () => Promise<boolean>): RequestHandler | undefined {
  if (folder === undefined || !statSync(join(folder, 'built'), { throwIfNoEntry: false })) return undefined;
  const site = readSite(folder);
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const file = isRead ? site.files.get(request.path) : undefined;
    if (file !== undefined) sendFile(request, response, file);
    else if (isRead && asksForPage(request))
      isTrial().then((trial) => {
        sendPage(response, request.path === '/check' ? site.pages.check : site.pages.console, trial);
      }, next);
    else next();
  };
}

/**
 * The home is there for whoever takes HTML at all. Elsewhere programs ask for anything, and are told in JSON what is not there;
 * browsers name HTML first.
 */
function asksForPage(request: Request): boolean {
  if (request.path === '/') return request.accepts('html') !== false;
  const accepted = request.headers.accept ?? '';
  return accepted.includes('text/html') && !/^\/(?:v1|docs|witness|log|assets)\//.test(request.path);
}

function sendFile(request: Request, response: Response, { type, bytes, packed, policy, etag }: SiteFile): void {
  const isForEver = request.path.startsWith('/assets/');
  response.setHeader('cache-control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('vary', 'accept-encoding');
  if (policy !== undefined) response.setHeader('content-security-policy', policy);
  const sent = packed !== undefined && request.acceptsEncodings('gzip') === 'gzip' ? packed : bytes;
  if (sent !== bytes) response.setHeader('content-encoding', 'gzip');
  sendTagged(sent, request, response.type(type), etag);
}

function sendPage(response: Response, page: string, trial: boolean): void {
  const nonce = randomBytes(16).toString('base64url');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-security-policy', pagePolicy(nonce));
  response.type('html').send(page.replace(TRIAL_PLACE, String(trial)).replace(NONCE_PLACE, nonce));
}
