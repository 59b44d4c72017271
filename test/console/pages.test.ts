import { LedgerClient } from '@carbon-ledger/client-sdk';
import { axeFindings } from '../support/axe';
import { lackingBrowser } from '../support/chromium';
import { lab, openConsoleWorld, plant, shoot, type ConsoleWorld, type OpenPage } from '../support/console-world';
import { onlyWhere } from '../support/only-where';

const figure = encodeURIComponent(`${plant}/PLANT/2024/annual-report#emission_tCO2`);

/** Every page, with something that stands there when it is complete. */
const pages: readonly (readonly [name: string, path: string, ready: string])[] = [
  ['home', '/', 'ul li a[href^="/records/"]'],
  ['records', '/records?type=monthly-evidence', 'tbody a[href^="/records/"]'],
  ['record', '/records/{record}', 'ol.timeline li'],
  ['trace', `/trace?figure=${figure}`, 'svg [data-figure]'],
  ['trace as a table', `/trace?figure=${figure}&view=table`, 'table.data tbody tr'],
  ['trace as an outline', `/trace?figure=${figure}&view=list`, 'ul.outline li'],
  ['what if', '/trace?withdraw={record}', '[data-impact] dl'],
  ['parties', '/parties', 'table.data tbody tr'],
  ['emitter', `/emitters/${plant}`, 'table.data tbody tr'],
  ['key emitters', '/emitters?year=2024', '[data-emitters] tbody tr'],
  ['laboratories', '/labs', 'table.data tbody tr'],
  ['a laboratory', `/parties/${lab}`, '[data-conduct] tbody tr'],
  ['forms', '/forms', '[data-forms] tbody tr'],
  ['sampling', '/sampling', 'main a[href="/sign-in"]'],
  ['allocation', '/allocation', 'main a[href="/sign-in"]'],
  ['open items', '/open-items', 'main a[href="/sign-in"]'],
  ['log', '/log', 'dl.facts dd'],
  ['sign-in', '/sign-in', '.people button'],
  ['inbox', '/inbox', 'h1'],
  ['plant-year', '/plant-year', '#plant-year'],
  ['file', '/file', 'main a[href="/sign-in"]'],
  ['file a month', '/file/monthly-evidence', 'main a[href="/sign-in"]'],
  ['batch', '/batch/lab-results', 'main a[href="/sign-in"]'],
  ['year', `/year?uscc=${plant}&year=2024`, '[data-year] tbody tr'],
  ['reviews', '/reviews', 'main a[href="/sign-in"]'],
  ['engagements', '/engagements', 'main a[href="/sign-in"]'],
  ['on-site check', '/inspection', '#inspection-files'],
  ['region', '/region', 'main a[href="/sign-in"]'],
  ['reconcile', '/reconcile', '#reconcile-files'],
  ['knowledge', '/knowledge?q=NOT_FOUND', 'dl.entries dt'],
  ['nothing here', '/no/such/page', 'main a[href="/"]'],
];

/** Of the public site, for the documents. */
const pictured: ReadonlySet<string> = new Set(['home', 'key emitters', 'forms']);

const WIDE = 1366;
const NARROW = 390;

onlyWhere(lackingBrowser, 'every page of the console', () => {
  let world: ConsoleWorld;
  let open: OpenPage;
  let record = '';
  beforeAll(async () => {
    world = await openConsoleWorld();
    const { heads } = await new LedgerClient({ baseUrl: world.url }).heads([`${plant}/U2/2024-09/monthly-evidence`]);
    record = heads[0]?.record ?? '';
    open = await world.open('/log');
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
    return [...(await axeFindings(page)), ...tooWide].map((what) => `${tag} at ${String(width)} px: ${what}`);
  }

  test.each(pages)('%s is complete, accessible and keeps to itself', async (name, path, ready) => {
    const { page, complaints, elsewhere } = open;
    await load(path);
    const wide = await wrongIn('zh-CN', WIDE, ready);
    if (pictured.has(name)) await shoot(page, name.replaceAll(' ', '-'));
    await page.setViewportSize({ width: NARROW, height: 768 });
    const narrow = await wrongIn('zh-CN', NARROW, ready);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    const english = await wrongIn('en', NARROW, ready);
    expect({ wrong: [...wide, ...narrow, ...english], complaints, elsewhere }).toEqual({
      ...{ wrong: [], complaints: [], elsewhere: [] },
    });
  });
});
