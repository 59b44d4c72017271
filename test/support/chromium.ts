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

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
}
