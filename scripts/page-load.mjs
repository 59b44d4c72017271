// How fast the pages of a running service stand, and whether anything on them moves while they load: measured in Chromium over its debugging
// protocol, on a processor slowed down four times. Nothing here is a test: a figure belongs to the machine and its load.
// Usage: node scripts/page-load.mjs URL [RUNS]
import { loadavg } from 'node:os';
import { chromium } from 'playwright-core';

const [url, runs = '5'] = process.argv.slice(2);
if (url === undefined) {
  process.stderr.write('Usage: node scripts/page-load.mjs URL [RUNS]\n');
  process.exit(2);
}
const SLOWED = 4;
const pages = ['/', '/check', '/emitters?year=2024', '/factors?year=2024', '/records?type=annual-report'];

/** Kept by the page itself from its first moment on. */
function observe() {
  globalThis.seen = { paint: 0, largest: 0, shift: 0 };
  const watch = (type, take) => {
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  };
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') globalThis.seen.paint = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => {
    globalThis.seen.largest = startTime;
  });
  watch('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) globalThis.seen.shift += value;
  });
}

async function load(browser, path) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await client.send('Network.enable');
  let [bytes, requests] = [0, 0];
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(observe);
  await page.goto(`${url}${path}`);
  await page.locator('h1').first().waitFor();
  // The stream of events never ends, so there is no moment without requests to wait for.
  await page.waitForTimeout(2000);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return { ...seen, bytes, requests };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const load1 = loadavg()[0].toFixed(1);
process.stdout.write(`load ${load1} · ${runs} runs, median · processor ÷ ${String(SLOWED)}\n`);
process.stdout.write('page                          first paint  largest  shift  requests     kB\n');
for (const path of pages) {
  const all = [];
  for (let run = 0; run < Number(runs); run += 1) all.push(await load(browser, path));
  const of = (name) => median(all.map((one) => one[name]));
  const cells = [
    `${(of('paint') / 1000).toFixed(2)} s`.padStart(10),
    `${(of('largest') / 1000).toFixed(2)} s`.padStart(8),
    Math.max(...all.map(({ shift }) => shift))
      .toFixed(3)
      .padStart(6),
    String(of('requests')).padStart(9),
    (of('bytes') / 1000).toFixed(1).padStart(6),
  ];
  process.stdout.write(`${path.padEnd(29)} ${cells.join(' ')}\n`);
}
await browser.close();
