import { catalogue, coalPower, formFields, processes, recordTypeNames } from '@carbon-ledger/core';
import { formulaEntries, ownEntries, search } from './entries';

const entries = ownEntries();

describe('the knowledge base', () => {
  it('explains every kind of record and every error, in both languages', () => {
    const codes = new Set(entries.map(({ code }) => code));
    expect([...recordTypeNames, ...Object.keys(catalogue)].filter((code) => !codes.has(code))).toEqual([]);
    expect(entries.filter(({ name, text }) => [name.zh, name.en, text.zh, text.en].includes(''))).toEqual([]);
  });

  it('finds by words of either language, in any order, the exact code first', () => {
    expect(search(entries, 'RATE_LIMITED')[0]?.code).toBe('RATE_LIMITED');
    expect(search(entries, '月度存证').some(({ code }) => code === 'monthly-evidence')).toBe(true);
    expect(search(entries, 'proof closed').map(({ name }) => name.en)).toContain('Figure proof');
    expect(search(entries, 'no such thing at all')).toEqual([]);
  });

  it('explains every field of every form, and every state of every lifecycle', () => {
    const codes = new Set(entries.map(({ code }) => code));
    const fields = recordTypeNames.flatMap((type) => formFields(type).map(({ name }) => `${type}.${name}`));
    const states = Object.values(processes).flatMap((process) => Object.keys(process.states));
    expect([...fields, ...states].filter((code) => !codes.has(code))).toEqual([]);
    expect(search(entries, 'monthly-evidence.claimedSubmission')[0]?.section).toBe('field');
  });

  const everyday = [
    ...[
      '补报',
      '催报',
      '退回',
      '延期',
      '热值',
      '元素碳',
      '存证',
      '履约',
      '清缴',
      '配额',
      '扣减',
      '抵销',
      '复核',
      '整改',
    ],
    ...['挂条', '销号', '飞行检查', '低位发热量', '缺省值', '抽样'],
  ];
  it.each(everyday)('explains %s first, as clerks call it', (word) => {
    const [first] = search(entries, word);
    expect([first?.section, first?.name.zh.includes(word)]).toEqual(['term', true]);
  });

  it('tells the cure of an error in both languages', () => {
    const cures = entries.filter(({ section }) => section === 'error').flatMap(({ details }) => details);
    expect(cures.filter(({ zh, en }) => zh === '' || en === '' || zh === en)).toEqual([]);
  });

  it('leads to where a job is done', () => {
    const jobs = entries.filter(({ section }) => section === 'job');
    expect(jobs.length).toBeGreaterThan(8);
    expect(jobs.filter(({ place }) => place?.startsWith('/') !== true)).toEqual([]);
  });

  it('gives everything where nothing is asked', () => {
    expect(search(entries, ' ')).toHaveLength(entries.length);
  });

  it('tells the formula of each computed figure of a methodology', () => {
    const formulas = formulaEntries(coalPower('2024'));
    const emission = formulas.find(({ code }) => code === 'emission_tCO2');
    expect(emission?.details[0]?.en).toContain(':');
    const stated = formulas.find(({ code }) => code === 'purchasedPower_MWh');
    expect(stated?.details.map(({ zh, en }) => [zh.slice(0, 2), en.slice(0, 6)])).toEqual([['填报', 'Stated']]);
    expect(formulas.length).toBeGreaterThan(20);
  });
});
