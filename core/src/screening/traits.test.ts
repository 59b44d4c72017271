import type { BookRecord } from './book';
import { BookIndex } from './book';
import { book, record, uscc } from './testing/books';
import type { RuleSet } from './rule-set';
import { UnitTraits } from './traits';

const words = {
  kind: [
    { value: 'cfb', words: ['循环流化床', 'CFB'] },
    { value: 'big', class: ['I'], words: ['常规'] },
    { value: 'any', class: ['II'] },
  ],
  fuel: [{ value: 'lignite', words: ['褐煤', 'lignite'] }, { value: 'other' }],
};
// Only the traits of a rule set are looked at.
const ruleSet = { traits: words } as unknown;
const traitsOf = (...records: readonly BookRecord[]): UnitTraits =>
  new UnitTraits(ruleSet as RuleSet, new BookIndex(book(records)));

const month = record({});
const plan = (content: object, cites: BookRecord['cites'] = {}): BookRecord =>
  record({ period: '2024', kind: 'quality-control-plan', content: { ...content }, cites });
const facility = (units: unknown): BookRecord =>
  record({ unit: '-', period: '-', kind: 'facility', content: { units } });

describe('what a unit is', () => {
  it.each<[string, object, string | undefined, string]>([
    ['by a word', { boiler: '循环流化床锅炉' }, 'cfb', 'other'],
    ['by a word in another width and case', { boiler: 'ｃｆｂ' }, 'cfb', 'other'],
    ['by a word with blanks and hyphens in it', { fuel: 'Lig-nite 煤' }, undefined, 'lignite'],
    ['by class and word', { category: 'I', categoryName: '常规燃煤机组' }, 'big', 'other'],
    ['by its class alone', { category: 'II' }, 'any', 'other'],
    ['not by a class without the word', { category: 'I', categoryName: '热电' }, undefined, 'other'],
    ['not by what is no text', { category: 7, boiler: ['CFB'] }, undefined, 'other'],
    ['by nothing', {}, undefined, 'other'],
  ])('is found %s', (_, content, kind, fuel) => {
    expect(traitsOf(month, plan(content)).of(month)).toMatchObject({ kind, fuel });
  });

  it('is told by the registration where there is no plan, and by the plan before it', () => {
    const units = facility([
      { id: 'U2', boiler: '褐煤' },
      { id: 'U1', boiler: 'CFB', category: 'II' },
    ]);
    expect(traitsOf(month, units).of(month)).toMatchObject({ class: 'II', kind: 'cfb', fuel: 'other' });
    expect(traitsOf(month, units, plan({ boiler: '煤粉炉' })).of(month)).toMatchObject({ class: 'II', kind: 'any' });
  });

  it.each([undefined, null, 'U1', {}, [], [{ id: 'U3' }]])('is not told by a registration of %j', (units) => {
    expect(traitsOf(month, facility(units ?? null)).of(month).class).toBeUndefined();
  });

  it('burns the coal of the mine that its month names, which is another one in another month', () => {
    const [may, june] = ['北山 煤矿', '－'].map((coalMine, at) =>
      record({ period: `2024-0${String(at + 5)}`, content: { coalMine } }),
    ) as [BookRecord, BookRecord];
    const traits = traitsOf(may, june, month);
    expect([may, june, month].map((one) => traits.of(one).mine)).toEqual(['北山煤矿', undefined, undefined]);
    expect(traits.value(may, 'mine')).toBe('北山煤矿');
  });

  it('is of a sector by the methodology that its record cites, or its plan', () => {
    const methodology = { methodology: ['11140000MA0TRYA01Y/POWER/2024/methodology'] };
    const citing = record({ cites: methodology });
    expect(traitsOf(citing).of(citing).sector).toBe('power');
    expect(traitsOf(month, plan({}, methodology)).of(month).sector).toBe('power');
    expect(traitsOf(month, plan({})).of(month).sector).toBeUndefined();
  });

  it('is of the province of its enterprise', () => {
    const party = record({ unit: '-', period: '-', kind: 'party', content: { region: '140600' } });
    expect(traitsOf(month, party).of(month).region).toBe('14');
    expect(traitsOf(month).of(month).region).toBeUndefined();
    // 深圳 and the corps act for themselves: their plants are no peers of the province around them.
    const regionOf = (region: string): unknown =>
      traitsOf(month, record({ unit: '-', period: '-', kind: 'party', content: { region } })).of(month).region;
    expect(['440304', '440100', '659001', '650100'].map(regionOf)).toEqual(['4403', '44', '66', '65']);
  });

  it('is read once for a unit and year, and anew for another', () => {
    const traits = traitsOf(month, plan({ category: 'I' }));
    expect(traits.of(month)).toBe(traits.of(record({ period: '2024-04' })));
    expect(traits.of(record({ period: '2025-01' })).class).toBeUndefined();
    expect(traits.of(record({ unit: 'U2' })).class).toBeUndefined();
  });
});

describe('a value of the unit', () => {
  const traits = traitsOf(month, plan({ capacity_MW: '630', isHeating: false, boilers: ['x'], category: 'I' }));
  it.each([
    ['capacity_MW', '630'],
    ['isHeating', 'false'],
    ['class', 'I'],
    ['boilers', undefined],
    ['nothing', undefined],
    ['toString', undefined],
    ['constructor', undefined],
  ])('%s is %j', (name, expected) => {
    expect(traits.value(month, name)).toBe(expected);
  });

  it('is a trait before a field of the same name', () => {
    const cites = { methodology: [`${uscc}/POWER/2024/methodology`] };
    const own = traitsOf(month, plan({ sector: 'cement' }, cites));
    expect(own.value(month, 'sector')).toBe('power');
  });
});
