import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  trialAllowanceRegistry,
  trialNationalAuthority,
  trialProvinceAuthority,
} from '@carbon-ledger/plant-year/trial';
import { sampleLedger } from '../../test/support/sample-ledger';

/* The verbs of daily work against one running service that holds the sample's year. */

const plant = '91140000MA0FAKE01X';
const lab = '91140100MA0FAKE2XU';
const nation = trialNationalAuthority.uscc;
const province = trialProvinceAuthority('140000').uscc;
const registry = trialAllowanceRegistry.uscc;
const { cli, taken, answered, refused, work, environment } = sampleLedger();

type Io = NonNullable<Parameters<typeof cli>[1]>;

/** Answers questions of a form, one by one, and keeps what was asked. */
function answering(answers: readonly (readonly [asked: RegExp, answer: string])[]): { asked: string[]; io: Io } {
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => {
    asked.push(question);
    return Promise.resolve(answers.find(([pattern]) => pattern.test(question))?.[1] ?? '');
  };
  return { asked, io: { ask } };
}

function file(name: string, text: string): string {
  const place = path.join(work, name);
  writeFileSync(place, text);
  return place;
}

interface Page {
  readonly items: readonly { readonly key: string; readonly state: string; readonly anchoredAt: string }[];
  readonly next?: string;
}

const month = `${plant}/U1/2024-03/monthly-evidence`;

describe('review and resubmission', () => {
  it('is refused to whom it is not, with who may', async () => {
    expect(await refused('review', month, '--set', 'decision=accept', '--as', lab)).toMatch(
      /NOT_ALLOWED_TO_FILE.*(city|province)-authority/s,
    );
  });

  it('returns with reasons from a file; what is allowed then is told to whoever tries something else', async () => {
    const reasons = '[{"code":"SAMPLING","text":"缺少采样记录"}]';
    const returning = file(
      'return.json',
      `{"content":{"decision":"return","reasons":${reasons},"returnBy":"2024-05-20"}}`,
    );
    await taken('review', month, '--from', returning, '--as', province);
    const told = await refused('review', month, '--set', 'decision=accept', '--as', province);
    expect(told).toContain(`${month} is RETURNED`);
    expect(told).toContain('filed → FILED by enterprise (self)');
    const { items } = await answered<{ items: { key: string; late?: number }[] }>('inbox', '--as', plant, '--late');
    expect(items[0]).toMatchObject({ key: month, late: expect.any(Number) as number });
    const csv = await taken('inbox', '--as', plant, '--csv');
    expect(csv.split('\r\n')[0]).toBe(
      'until,counted,late,step,titleZh,title,type,kind,subject,unit,period,key,record,state,since,marks',
    );
  });

  it('asks field by field on a terminal, in the language of the locale, and signs what is agreed to', async () => {
    const { asked, io } = answering([
      [/decision/, '1'],
      [/签名/, 'y'],
    ]);
    const accepting = ['review', `${plant}/U1/2024-04/monthly-evidence`, '--as', province];
    const { code, stderr } = await cli(accepting, {
      ...io,
      env: { ...environment(), LANG: 'zh_CN.UTF-8' },
    });
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    expect(asked[0]).toContain('审核结论');
    expect(asked.at(-1)).toContain('确认签名并提交');
    const { state } = await answered<{ state: string }>('actions', `${plant}/U1/2024-04/monthly-evidence`);
    expect(state).toBe('ACCEPTED');
  });

  it('signs nothing that is not agreed to', async () => {
    const { io } = answering([[/decision/, 'accept']]);
    const key = `${plant}/U1/2024-05/monthly-evidence`;
    const { code } = await cli(['review', key, '--as', province], io);
    expect(code).toBe(130);
    expect((await answered<{ state: string }>('actions', key)).state).toBe('FILED');
  });
});

describe('an objection', () => {
  const conclusion = `${plant}/PLANT/2024/verification-conclusion`;

  it('waits for the notice; its days and citations are proposed by the ledger', async () => {
    const grounds = ['--set', 'grounds=低位发热量取值有误'];
    expect(await refused('object', conclusion, ...grounds, '--as', plant)).toMatch(/STATE_CONFLICT|BAD_RECORD/);
    await taken('review', `${plant}/PLANT/2024/annual-report`, '--set', 'decision=notify', '--as', province);
    const late = await refused('object', conclusion, ...grounds, '--set', 'due=2024-01-02', '--as', plant);
    expect(late).toMatch(/content\/due: BAD_RECORD: 7 working days from \S+ end on \S+/);
    await taken('object', conclusion, ...grounds, '--as', plant);
    const { items } = await answered<{ items: { step: string; until?: string; counted?: string }[] }>(
      ...['inbox', '--as', province, '--type', 'decision'],
    );
    expect(items).toEqual([expect.objectContaining({ step: 'decision:upheld', counted: 'calendar' })]);
    await taken(
      ...['file', 'decision', '--on', `${plant}/PLANT/2024/objection.1`, '--as', province],
      ...['--set', 'outcome=upheld', '--set', 'reasons=维持原结论'],
    );
  });
});

describe('registries and inspectors', () => {
  it('credit what an issuance comes to, by the sums of the ledger', async () => {
    const { content } = (
      await answered<{ record: { content: Record<string, string> } }>(
        ...[
          'file',
          'allowance-credit',
          '--on',
          `${plant}/PLANT/2024/allowance-issuance.pre`,
          '--as',
          registry,
          '--dry-run',
        ],
      )
    ).record;
    expect(content).toMatchObject({ entitled_t: '2717170', credited_t: '2717170', account: 'enterprise' });
    await taken('file', 'allowance-credit', '--on', `${plant}/PLANT/2024/allowance-issuance.pre`, '--as', registry);
  });

  it('transfer what is held and no more', async () => {
    const today = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const transfer = (unit: string, quantity: string): string[] => [
      ...['transfer', '--subject', plant, '--unit', unit, '--period', '2024', '--as', registry],
      ...[
        '--set',
        'how=listed',
        '--set',
        `to=${province}`,
        '--set',
        `quantity_t=${quantity}`,
        '--set',
        `tradedOn=${today}`,
      ],
    ];
    await taken(...transfer('T-1', '1000'));
    expect(await refused(...transfer('T-2', '2717000'))).toContain('HOLDING_SHORT');
    const own = transfer('T-3', '1').map((word) => (word === registry ? plant : word));
    expect(await refused(...own)).toContain('it is filed by: allowance-registry');
  });

  it('take no second application; the obligation is proposed', async () => {
    const rows = ['--set', 'rows=[{"projectRef":"1","qty":"10"}]', '--set', 'declared=true'];
    expect(await refused('offset', '--period', '2024', ...rows, '--as', plant)).toMatch(/KEY_TAKEN.*CONFIRMED/s);
    const { faults, record } = JSON.parse(
      (await cli(['offset', '--period', '2024', ...rows, '--as', plant, '--dry-run', '--json'])).stdout,
    ) as { faults: { code: string }[]; record: { content: Record<string, string> } };
    expect(faults.map(({ code }) => code)).toContain('KEY_TAKEN');
    expect(record.content).toMatchObject({
      obligation_t: '4146356',
      applied_t: '10',
      enterpriseName: expect.any(String) as string,
    });
  });

  it('open a flight check under a seal', async () => {
    const plan = [
      '--set',
      'stage=plan',
      '--set',
      'basis=年度检查方案',
      '--set',
      `frame=["${plant}"]`,
      '--set',
      'size=1',
    ];
    const told = await refused(
      'inspect',
      'new',
      '--period',
      '2024',
      ...plan,
      '--set',
      'commitment=abc',
      '--as',
      province,
    );
    expect(told).toContain('/content/commitment: BAD_RECORD: not 32 bytes in hex');
    const sealed = ['--set', `commitment=${'ab'.repeat(32)}`, '--set', 'rule=lowest-hash'];
    expect(await taken('inspect', 'new', '--period', '2024', ...plan, ...sealed, '--as', province)).toContain(
      '/inspection.1',
    );
  });

  it('change one field of a party; the rest stays as it is registered', async () => {
    await taken('parties', '--subject', lab, '--set', 'status=suspended', '--as', nation);
    expect(await taken('show', `${lab}/-/-/party`, '--as', nation)).toMatch(/version 2[\s\S]*Status: Suspended/);
    await taken('parties', '--subject', lab, '--set', 'status=active', '--as', nation);
    expect(await refused('parties', '--subject', lab, '--set', 'name=别名', '--as', lab)).toContain(
      'NOT_ALLOWED_TO_FILE',
    );
  });

  it('take no key that is not offered by its holder', async () => {
    const { code, stderr } = await cli(['keys', 'request', '--as', lab]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('KEY_NOT_HELD')]);
    const missing = await cli(['parties', '--subject', lab, '--set', 'keys=@none.json', '--as', nation]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('none.json')]);
  });
});

describe('list, search, show, actions', () => {
  it('page forth and back by key and by time, with filters', async () => {
    const query = ['list', '--party', plant, '--type', 'monthly-evidence', '--unit', 'U2', '--sort', 'key'];
    const all = await answered<Page>(...query, '--limit', '500');
    expect(all.items).toHaveLength(12);
    const paged: string[] = [];
    let next: string | undefined;
    do {
      const page: Page = await answered(...query, '--limit', '5', ...(next === undefined ? [] : ['--cursor', next]));
      paged.push(...page.items.map(({ key }) => key));
      next = page.next;
    } while (next !== undefined);
    expect(paged).toEqual(all.items.map(({ key }) => key));
    const back = await answered<Page>(...query, '--order', 'desc');
    expect(back.items.map(({ key }) => key)).toEqual([...paged].reverse());
    const accepted = await answered<Page>(
      'list',
      '--party',
      plant,
      '--state',
      'ACCEPTED',
      '--type',
      'monthly-evidence',
    );
    expect(accepted.items.map(({ key }) => key)).toEqual([`${plant}/U1/2024-04/monthly-evidence`]);
    expect((await answered<Page>('list', '--until', '2020-01-01')).items).toEqual([]);
  });

  it('find words in what was signed', async () => {
    const { items } = await answered<Page>('search', '缺少采样记录', '--type', 'review');
    expect(items.map(({ key }) => key)).toEqual([`${plant}/U1/2024-03/review.province_monthly-evidence`]);
    expect((await taken('search', '缺少采样记录', '--csv')).split('\r\n')[1]).toContain(
      'review.province_monthly-evidence',
    );
    expect(await taken('search', 'no such words anywhere')).toContain('no record');
  });

  it('refuse options that do not fit, each by its name', async () => {
    const { code, stderr } = await cli(['list', '--period', '20244', '--since', 'yesterday', '--party', 'X']);
    expect(code).toBe(2);
    for (const option of ['--since', '--party']) expect(stderr).toContain(option);
  });

  it('tell what may be done, and whether by whom asks', async () => {
    const told = await taken('actions', `${plant}/U1/2024-06/monthly-evidence`, '--as', province);
    expect(told).toMatch(/review\.province:accept \* .* yes +province-authority \(region\)/);
    expect(told).toMatch(/review\.city:accept \* .* no +city-authority \(region\)/);
  });
});

describe('what was, and what it would cost', () => {
  const emission = `${plant}/U1/2024/annual-report#emission_tCO2`;
  const report = `${plant}/U1/2024-06/test-report`;

  it('is told as it was believed at an earlier instant', async () => {
    const { items } = await answered<Page>('list', '--type', 'annual-report', '--party', plant, '--unit', 'U1');
    const before = await answered<{ value: string; status: string }>(
      'trace',
      emission,
      '--as-of',
      items[0]!.anchoredAt,
    );
    expect(before).toMatchObject({ value: '2373832', status: 'intact' });
    // 2024-03 was returned since: what rests on it is broken now.
    expect(JSON.parse((await cli(['trace', emission, '--json'])).stdout)).toMatchObject({ status: 'broken' });
    const { code, stderr } = await cli(['trace', emission, '--as-of', '2020-01-01']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('NOT_FOUND')]);
  });

  it('is told in tonnes and money over HTTP before a report is withdrawn', async () => {
    const priced = await taken('impact', report, '--price', '60');
    expect(priced).toMatch(/tCO2[^]*(?:CNY|yuan|元)/);
    expect((await cli(['impact', report, '--price', '-1'])).code).toBe(2);
  });

  it('is told party by party as it is found, and comes to the same', async () => {
    const once = await answered<{ figures: []; records: [] }>('impact', report);
    const { rows, whole } = await answered<{ rows: object[]; whole: object }>('impact', report, '--by-party');
    const counts = { figures: once.figures.length, records: once.records.length };
    expect([whole, rows]).toMatchObject([counts, [{ parties: [plant] }]]);
    expect(await taken('impact', report, '--by-party')).toMatch(/^If .* were withdrawn: .* of 1 parties$/m);
    const ofTable = await taken('impact', `${nation}/POWER/2024/parameter`, '--by-party');
    expect(ofTable).toMatch(/ of 2 parties\n +emission_tCO2 +not known$/m);
  });
});
