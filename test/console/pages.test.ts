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

onlyWhere(lackingBrowser, 'every page of the console', () => {
  let world: ConsoleWorld;
  let record = '';
  beforeAll(async () => {
    world = await openConsoleWorld();
    const { heads } = await new LedgerClient({ baseUrl: world.url }).heads([`${plant}/U2/2024-09/monthly-evidence`]);
    record = heads[0]?.record ?? '';
  });
  afterAll(() => world.close());

  describe.each([
    ['zh', 1366],
    ['zh', 390],
    ['en', 390],
  ] as const)('in %s at %d px', (language, width) => {
    let open: OpenPage;
    beforeAll(async () => {
      open = await world.open('/log', { viewport: { width, height: 768 } });
    });
    afterAll(() => open.page.context().close());

    test.each(pages)('%s is complete, accessible and keeps to itself', async (name, path, ready) => {
      const { page, complaints, elsewhere } = open;
      complaints.length = 0;
      const place = path.replace('{record}', record);
      const address = `${place}${place.includes('?') ? '&' : '?'}lang=${language}`;
      await page.goto(`${world.url}${address}`);
      await page.locator(ready).first().waitFor();
      await page.locator('footer.trust span').first().waitFor();
      if (language === 'zh' && width > 1000 && pictured.has(name)) await shoot(page, name.replaceAll(' ', '-'));
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
    });
  });
});
