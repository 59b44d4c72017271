import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = candidates.find((file) => file !== '' && existsSync(file));

/** Why tests in a browser are not run; undefined where they are. */
export const lackingBrowser =
  executablePath === undefined ? 'no Chromium at /usr/bin/chromium, and none named by CHROMIUM' : undefined;

/** A bound against hanging, as jest's own: half of it, so that what a page lacked is told before the test ends. */
export const PATIENCE_MS = 120_000;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
}
