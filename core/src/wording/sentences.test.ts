import { join } from 'node:path';
import { shelvedRuleSet } from '../screening';
import { messageInChinese } from './fault-words';
import { said } from './said';
import { saidInParts } from './said/parts';
import { saidUnder } from './testing/said';

const core = join(__dirname, '..');
const ofGateway = (name: string): string => `../../gateway-api/src/${name}`;
/** What reads what people file, judges it, and answers at the pages. */
const folders = [
  ...['../../spreadsheets/src', '../../plant-year/src', '../../client-sdk/src', 'inspection', 'provenance'],
  ...['certificates', 'disclosure', 'agenda', 'grouping', 'submissions', 'records', 'graph', 'handlers', 'http'].map(
    ofGateway,
  ),
  ...['proofs', 'screening', 'sessions'].map(ofGateway),
  ...[
    'bytes',
    'calendar',
    'canonical',
    'cells',
    'decimal',
    'drafting',
    'formula',
    'identifiers',
    'judge',
    'methodology',
  ],
  ...['reconciliation', 'records', 'rulebook', 'screening', 'signature', 'submission'],
];
/** Of them, what only programs and operators read, and the kits of those who write methodologies and sample years on a command line. */
const elsewhere = new RegExp(
  [
    'methodology/(?:kit|lint|page)/|submission/(?:typed-data|key-possession)\\.ts$|client-sdk/src/session-digest\\.ts$',
    'plant-year/src/(?:province|sector|trial)/',
    'gateway-api/src/(?:http/(?:metrics|openapi|pages|site|send-reply|tls-pair|listener|standards/)|handlers/event-stream)',
  ].join('|'),
);
/** What is no sentence: titles of schemas, headers of answers, settings. */
const noSentences =
  /^What |^Cells to|^FC \* |^transfer \{\}|^trades \{\}|^\$\{\} by|^inline; |^(?:query parser|trust proxy)$/;
const isTitle = (text: string, file: string): boolean =>
  file.includes('client-sdk/src/routes/') && /^[A-Z].*[^.]$/s.test(text);

const sentences = new Map(
  folders.flatMap((folder) =>
    [...saidUnder(join(core, folder))].filter(
      ([text, file]) => !elsewhere.test(file) && !noSentences.test(text) && !isTitle(text, file),
    ),
  ),
);

describe('what is said of records', () => {
  it('is said in both languages, every sentence of the sources', () => {
    expect(sentences.size).toBeGreaterThan(500);
    expect([...sentences].filter(([text]) => !Object.hasOwn(said, text))).toEqual([]);
  });

  it('has no words for what nobody says any more', () => {
    const stale = Object.keys(said).filter((text) => !sentences.has(text) && !Object.hasOwn(saidInParts, text));
    expect(stale).toEqual([]);
  });

  it('fills in as much in Chinese as in English', () => {
    const places = (zh: string): number[] => [...zh.matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place)).sort();
    const wrong = Object.entries(said).filter(([en, zh]) => {
      const count = en.split('{}').length - 1;
      return places(zh).join('') !== Array.from({ length: count }, (_, at) => at + 1).join('');
    });
    expect(wrong).toEqual([]);
  });

  const key = '91140000MA0FAKE01X/U1/2024-03/monthly-evidence';
  it.each([
    ['report: 0 cited, at least 1 needed', '引用“report” 0 条，至少 1 条'],
    ['NCV_GJ_t: E1 gives 21.2, not 21.3', '：公式 E1 得 21.2，不是 21.3'],
    [`${key} is FILED: review.city:accept is not possible; what is: nothing`, '1 号机组 2024 年 3 月 月度存证现为'],
    [
      'an enterprise may not file a review.city; it is filed by: city-authority about a registered party of its region',
      '重点排放单位不得提交审核意见（市级）；由下列主体提交：市级生态环境主管部门（就本行政区已登记的主体）',
    ],
    [
      'this province-authority does not stand so to 91140000MA0FAKE01X that it may file a review.city_facility; it is filed by: city-authority about a registered party of its region (city_facility, city_monthly-evidence); national-authority about a registered party (national_facility)',
      '不允许其提交审核意见（市级 · 设施登记）；由下列主体提交：市级生态环境主管部门（就本行政区已登记的主体）：市级 · 设施登记、市级 · 月度存证；国家生态环境主管部门（就已登记的主体）：国家 · 设施登记',
    ],
    [
      `${key} is a monthly-evidence, not an objection; as objection it cites objection of the same party, unit, year, filed by enterprise (self); ${key} is FILED; what is possible: review.province:return → RETURNED by province-authority (region); supersession → OPEN by its issuer or an authority above it`,
      '月度存证是月度存证，不是复核申请；作为“复核申请”应引用主体、机组、年度相同的复核申请，由重点排放单位（就其自身）提交；91140000MA0FAKE01X 1 号机组 2024 年 3 月 月度存证为已提交；现可进行：审核意见（省级）：退回（由省级生态环境主管部门（就本行政区的主体）提交，转为“已退回”）；更正替代（由其签署方或上级主管部门提交',
    ],
    [
      `surrender: 0 cited, at least 1 needed; as surrender it cites surrender, filed by allowance-registry (registry); ${key} was not filed yet; what is possible: filed → FILED by enterprise (self)`,
      '引用“配额清缴” 0 条，至少 1 条；作为“配额清缴”应引用配额清缴，由碳排放权注册登记机构（就已登记的主体）提交；91140000MA0FAKE01X 1 号机组 2024 年 3 月 月度存证尚未提交；现可进行：提交（由重点排放单位（就其自身）提交，转为“已提交”）',
    ],
    ['the ledger would refuse it; nothing was signed', '账本会拒绝该记录；尚未签署任何内容'],
    [`${key} is ACCEPTED: review.city:accept is not possible; what is: nothing`, '不能进行审核意见（市级）：通过；'],
    ['91140000MA0FAKE01X/U1/2024-03/monthly-evidence#NCV_GJ_t is not there', '没有 911'],
    ['fewer than 24 values in peers', '同类机组中不足 24 个数值'],
    ['no figure emission_tCO2 of last-year', '上年同期没有数据项二氧化碳排放量'],
    ['no figure batch.fc_t.*', '没有数据项设备读数批次中的'],
    ['no last-year monthly-evidence', '没有上年同期月度存证'],
    ['needs n >= 100', '须'],
    ['R-D06: CMA1 is not registered for this lab', 'R-D06：CMA1 未在该检测机构登记'],
    ['the month must use the measured carbon content: there is no report', '当月应采用实测的元素碳含量：没有检测报告'],
  ])('%s', (message, zh) => {
    const told = messageInChinese(message) ?? '';
    expect(told).toContain(zh);
    expect(told).not.toMatch(/[a-z]{2,} [a-z]{2,}|→|\([a-z]+\)/);
  });

  it('leaves no space between two Chinese words, whatever is filled in', () => {
    const told = Object.keys(said).map((text) => messageInChinese(text.replaceAll('{}', 'field')) ?? '');
    const spaced = told.filter((zh) => /字段 +\p{Script=Han}|\p{Script=Han} +字段/u.test(zh));
    expect(told.filter((zh) => zh.includes('字段')).length).toBeGreaterThan(300);
    expect(spaced).toEqual([]);
  });

  it('names the place of a methodology at which something is asked', () => {
    const asked = 'cites nothing as pre-issuance, which the methodology asks of allowance-issuance@unit';
    expect(messageInChinese(asked)).toBe('未引用“预分配”，而方法学对配额发放（机组）有此要求');
    expect(messageInChinese('91140000MA0FAKE01X/U1/2024/nonconformity-response.1 is not conservative')).toContain(
      '不是保守估算',
    );
  });

  it('says a state in the words of its own lifecycle, and no count of faults', () => {
    const freeze =
      '91140000MA0FAKE01X/PLANT/2024/ccer-freeze.A1 is FROZEN: ccer-cancellation is not possible; what is: nothing (1 fault)';
    const inspection = '11140000MB0FAKE14J/-/2024/inspection.1 is FROZEN: closure is not possible; what is: nothing';
    expect(messageInChinese(freeze)).toMatch(/CCER 冻结（A1） 现为已冻结，.*无$/);
    expect(messageInChinese(inspection)).toContain('现为已启动，证据冻结');
  });

  it('says of a key that is taken at which version it stands, and in which state', () => {
    const key = '91140000MA0FAKE01X/PLANT/2024/offset-application';
    const taken = `${key} stands at version 1, CONFIRMED; what is possible: nothing`;
    expect(messageInChinese(taken)).toMatch(/抵销申请表现为第 1 版，状态为已确认；现可进行：无$/);
    const gap = `${key} stands at version 1, and the next is 2, CONFIRMED; what is possible: nothing`;
    expect(messageInChinese(gap)).toMatch(/现为第 1 版，下一版为 2，状态为已确认；现可进行：无$/);
  });

  it('tries few of its forms on a sentence: a workbook has tens of thousands of faults', () => {
    const tell = (value: string): string | undefined =>
      messageInChinese(`燃煤消耗量（t）: ${value} has more than 2 decimals`);
    expect(tell('0.125')).toContain('0.125 的小数多于 2 位');
    const tried = jest.spyOn(RegExp.prototype, 'exec');
    try {
      expect(tell('0.126')).toContain('0.126 的小数多于 2 位');
      expect(tried.mock.calls.length).toBeLessThan(200);
    } finally {
      tried.mockRestore();
    }
  });

  it('keeps the space beside a code', () => {
    expect(messageInChinese('no field claimedSubmission')).toBe('没有字段 claimedSubmission');
  });

  it('has Chinese for the notes of every screening rule on the shelf, behind their limit and alone', () => {
    const notes = shelvedRuleSet().rules.flatMap(({ checks }) =>
      checks.flatMap(({ note = '', ...check }) => (note === '' ? [] : 'value' in check ? [`≤ 40 d ${note}`] : [note])),
    );
    expect(notes.length).toBeGreaterThan(20);
    expect(notes.filter((note) => /[a-z]{3}/.test(messageInChinese(note) ?? note))).toEqual([]);
    expect(messageInChinese('≤ 40 d after month end')).toBe('≤ 40 d（自月末起）');
  });
});
