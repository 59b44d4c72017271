import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { axeFindings } from '../support/axe';
import { lackingBrowser } from '../support/chromium';
import { actAs, lab, openConsoleWorld, plant, shoot, type ConsoleWorld, type OpenPage } from '../support/console-world';
import { onlyWhere } from '../support/only-where';

const figure = encodeURIComponent(`${plant}/PLANT/2024/annual-report#emission_tCO2`);

const province = trialProvinceAuthority('140000').uscc;
const verifier = '91110000MA0FAKE3W8';

type Stop = readonly [name: string, path: string, ready: string, as?: string];

/** Every page, with something that stands there when it is complete, and as whom it is opened; as nobody where it needs no account. */
const pages: readonly Stop[] = [
  ['home', '/', 'ul li a[href^="/records/"]'],
  ['records', '/records?type=monthly-evidence', 'tbody a[href^="/records/"]'],
  ['an address of a list', '/months?unit=U1', 'tbody a[href^="/records/"]'],
  ['record', '/records/{record}', 'ol.timeline li'],
  ['trace', `/trace?figure=${figure}`, 'svg [data-figure]'],
  ['trace as a table', `/trace?figure=${figure}&view=table`, 'table.data tbody tr'],
  ['trace as an outline', `/trace?figure=${figure}&view=list`, 'ul.outline li'],
  ['what if', '/trace?withdraw={record}', '[data-impact] dl'],
  ['parties', '/parties', 'table.data tbody tr'],
  ['emitter', `/emitters/${plant}`, 'table.data tbody tr'],
  ['key emitters', '/emitters?year=2024', '[data-emitters] tbody tr'],
  ['laboratories', '/labs', 'table.data tbody tr'],
  ['verifiers', '/verifiers?year=2024', '[data-assessments]'],
  ['factors', '/factors?year=2024', '[data-factors] tbody tr'],
  ['a laboratory', `/parties/${lab}`, '[data-conduct] tbody tr'],
  ['forms', '/forms', '[data-forms] tbody tr'],
  ['log', '/log', 'dl.facts dd'],
  ['plant-year', '/plant-year', '#plant-year'],
  ['year', `/year?uscc=${plant}&year=2024`, '[data-year] tbody tr'],
  ['on-site check', '/inspection', '#inspection-files'],
  ['reconcile', '/reconcile', '#reconcile-files'],
  ['knowledge', '/knowledge?q=NOT_FOUND', 'dl.entries dt'],
  ['nothing here', '/no/such/page', 'main a[href="/"]'],
  ['not signed in', '/region', 'main a[href^="/sign-in"]'],
  ['sign-in', '/sign-in', '.people button'],
  ['inbox', '/inbox', '#duty-type', plant],
  ['file', '/file', 'main a[href^="/file/"]', plant],
  ['file a month', '/file/monthly-evidence?unit=U1&period=2025-01', '#filing-unit', plant],
  ['file an inspection', '/file/inspection', '[data-seed]', province],
  ['batch', '/batch/lab-results', '#batch-files', lab],
  ['engagements', '/engagements', 'main table.data tbody tr', lab],
  ['sampling', `/sampling?uscc=${plant}&year=2024&unit=U1`, '[data-drawn] tbody tr', verifier],
  ['allocation', '/allocation?year=2024', '[data-allocation] tbody tr', province],
  ['open items', '/open-items', '[data-open-items]', province],
  ['reviews', '/reviews', '#review-find', province],
  ['region', '/region', '[data-completeness] [data-row$="/U1"]', province],
];

const router = readFileSync(join(__dirname, '../../console/src/app/Pages.tsx'), 'utf8');
const routes = [...router.matchAll(/\['(\/[^']*)', (?:page|desk)\(/g)].map(([, path = '']) => path);

/** Whether a page is one of a route: `/records/:id` has whatever stands there. */
function isOf(route: string, path: string): boolean {
  const [place = ''] = path.split('?');
  return new RegExp(`^${route.replaceAll(/:[a-z]+/g, '[^/]+')}$`).test(place);
}

test('no page of the router is left out', () => {
  expect(routes.length).toBeGreaterThan(25);
  expect(routes.filter((route) => !pages.some(([, path]) => isOf(route, path)))).toEqual([]);
});

/** Of the public site, for the documents. */
const pictured: ReadonlySet<string> = new Set(['home', 'key emitters', 'forms']);

/** Adds up by how much of the screen anything moved that nobody had touched. */
const watchShifts = `
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;
/** Nothing is seen to move. */
const MOST_SHIFT = 0.005;

/** Keeps the names of controls that were made anew on one page: what somebody had typed or chosen in the first was lost. */
const watchControls = `
  globalThis.remade = new Set();
  const first = new Map();
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('main :is(input, select, textarea)[id]')) {
      if ((first.get(one.id) ?? one) !== one) globalThis.remade.add(one.id);
      else first.set(one.id, one);
    }
  }).observe(document, { childList: true, subtree: true });
`;

/** Sentences in English, or parts of one, that stand in the text of a Chinese page. */
const englishIn = `[...new Set(
  document.body.innerText.split('\\n').filter((line) => /(?:^|[^\\w./:<#-])[a-z]{3,} [a-z]{2,}/.test(line)),
)].filter((line) => ![...document.querySelectorAll('code, pre, [lang=en]')].some((one) => one.innerText.includes(line)))`;

/**
 * What a print would have of that which can only be pressed: buttons, places to drop files, the signs by which a list is ordered, and
 * columns in which every row has the same link or button, told apart for screen readers alone.
 */
const pressedInPrint = `(() => {
  const isSeen = (one) => one.getClientRects().length > 0;
  const pressed = [...document.querySelectorAll('main :is(.button, .drop, th[aria-sort=none] [aria-hidden])')].filter(isSeen);
  const columns = [...document.querySelectorAll('main table')].flatMap(({ tHead, tBodies: [body] }) =>
    [...(tHead?.rows[0]?.cells ?? [])].filter((head, at) => {
      const cells = [...(body?.rows ?? [])].map(({ cells }) => cells[at]).filter((cell) => cell !== undefined);
      const isOne = cells.length > 1 && new Set(cells.map(({ textContent }) => textContent)).size === 1;
      const isPress = (cell) => cell.querySelector('[aria-label]:is(a, button)')?.textContent === cell.textContent;
      return isOne && isSeen(head) && cells.every(isPress);
    }),
  );
  return [...pressed, ...columns].map(({ textContent }) => textContent);
})()`;

const WIDE = 1366;
const NARROW = 390;

onlyWhere(lackingBrowser, 'every page of the console', () => {
  let world: ConsoleWorld;
  let open: OpenPage;
  let record = '';
  let actor = '';
  beforeAll(async () => {
    world = await openConsoleWorld();
    const { heads } = await new LedgerClient({ baseUrl: world.url }).heads([`${plant}/U2/2024-09/monthly-evidence`]);
    record = heads[0]?.record ?? '';
    open = await world.open('/log');
    await open.page.addInitScript(watchShifts);
    await open.page.addInitScript(watchControls);
  });
  afterAll(() => world.close());

  /** A page that is loaded in Chinese on a wide screen. */
  async function load(path: string): Promise<void> {
    const place = path.replace('{record}', record);
    open.complaints.length = 0;
    open.elsewhere.length = 0;
    await open.page.setViewportSize({ width: WIDE, height: 768 });
    await open.page.goto(`${world.url}${place}${place.includes('?') ? '&' : '?'}lang=zh`);
  }

  /** What is wrong with the page as it stands once it is complete. */
  async function wrongIn(tag: string, width: number, ready: string): Promise<readonly string[]> {
    const { page } = open;
    await page.locator(`html[lang=${tag}]`).waitFor();
    await page.locator(ready).first().waitFor();
    await page.locator('footer.trust span').first().waitFor();
    await page.getByText(/^(?:正在读取…|Loading …)$/).waitFor({ state: 'detached' });
    const taken = await page.evaluate<number>('document.documentElement.scrollWidth');
    const tooWide = taken > width ? [`it is ${String(taken)} px wide`] : [];
    const english = tag === 'en' ? [] : await page.evaluate<string[]>(englishIn);
    return [...(await axeFindings(page)), ...tooWide, ...english].map(
      (what) => `${tag} at ${String(width)} px: ${what}`,
    );
  }

  const stops = pages.map(([name, ...stop]) => ({ name, stop }));

  test.each(stops)(
    '$name is complete, accessible and keeps to itself',
    async ({ name, stop: [path, ready, as = ''] }) => {
      const { page, complaints, elsewhere } = open;
      if (as !== '' && as !== actor) await actAs(world, page, as);
      actor = as;
      await load(path);
      const wide = await wrongIn('zh-CN', WIDE, ready);
      const shift = await page.evaluate<number>('globalThis.shift');
      await page.emulateMedia({ media: 'print' });
      const printed = await page.evaluate<string[]>(pressedInPrint);
      await page.emulateMedia({ media: 'screen' });
      if (pictured.has(name)) await shoot(page, name.replaceAll(' ', '-'));
      await page.setViewportSize({ width: NARROW, height: 768 });
      const narrow = await wrongIn('zh-CN', NARROW, ready);
      await page.getByRole('button', { name: 'English', exact: true }).click();
      const english = await wrongIn('en', NARROW, ready);
      await page.setViewportSize({ width: WIDE, height: 768 });
      const englishWide = await wrongIn('en', WIDE, ready);
      const remade = await page.evaluate<string[]>('[...globalThis.remade]');
      expect({
        wrong: [...wide, ...narrow, ...english, ...englishWide],
        complaints,
        elsewhere,
        remade,
        printed,
      }).toEqual({
        ...{ wrong: [], complaints: [], elsewhere: [], remade: [], printed: [] },
      });
      expect(shift).toBeLessThan(MOST_SHIFT);
    },
  );

  test.each([
    ['/inbox', NARROW, 'zh'],
    ['/inbox', NARROW, 'en'],
    ['/inbox', WIDE, 'en'],
    ['/inspection', NARROW, 'zh'],
    ['/inspection', NARROW, 'en'],
  ])('%s at %d px (%s) stays where it is while it is known again who has signed in', async (path, width, language) => {
    const { page } = open;
    const { items } = await new LedgerClient({ baseUrl: world.url }).parties({ kind: 'inspector' });
    actor = items[0]?.uscc ?? '';
    await actAs(world, page, actor);
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${world.url}${path}?lang=${language}`);
    await page.locator('#side-menu a').first().waitFor({ state: 'attached' });
    await page
      .locator('option', { hasText: '晋北示范发电' })
      .or(page.locator('main li a'))
      .first()
      .waitFor({ state: 'attached' });
    await page.getByText(/^(?:正在读取…|Loading …)$/).waitFor({ state: 'detached' });
    expect(await page.evaluate<number>('globalThis.shift')).toBeLessThan(MOST_SHIFT);
  });
});
