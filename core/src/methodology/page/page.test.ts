import fc from 'fast-check';
import { codeOf } from '../../../../test/support/code-of';
import { evaluateFormula, parseFormula } from '../../formula';
import { at, glass } from '../testing/glass-folder';
import { escapeText } from './escape';
import { methodologyPage } from './html';
import { formulaMath } from './mathml';
import { methodologyText } from './text';
import { bindingWords, conditionWords, tableWords, wordsFor } from './words';

/** The formula again from its MathML: what a reader of the page would write down. */
function readBack(math: string): string {
  const frac = /<mfrac>((?:(?!<mfrac>).)*?)<\/mfrac>/;
  return math
    .replace(/^<math display="block"><mrow><mi>x<\/mi><mo>=<\/mo>/, '')
    .replace(/<\/mrow><\/math>$/, '')
    .replace(frac, '$1')
    .replaceAll('<mo>×</mo>', '*')
    .replaceAll('<mo>−</mo>', '-')
    .replace(/<[^>]+>/g, '');
}

describe('a formula on a page', () => {
  const math = (text: string): string => formulaMath('x', parseFormula(text));

  it.each<[string, string]>([
    ['a + b', 'a+b'],
    ['a * b - c', 'a*b-c'],
    ['a * (b + c)', 'a*(b+c)'],
    ['(a + b) * c', '(a+b)*c'],
    ['a - (b - c)', 'a-(b-c)'],
    ['a - (b + c)', 'a-(b+c)'],
    ['(a - b) - c', 'a-b-c'],
    ['a + (b - c)', 'a+b-c'],
    ['-(a + b)', '-(a+b)'],
    ['-a * b', '(-a)*b'],
    ['max(a, 0)', 'max(a,0)'],
    ['floor(a)', '⌊a⌋'],
    ['round(a, 2)', '⌊a⌉ (2)'],
  ])('%s reads as %s', (text, expected) => {
    expect(readBack(math(text))).toBe(expected);
  });

  it('keeps its parentheses where they change what it means', () => {
    const operators = fc.constantFrom('+', '-', '*');
    const number = fc.integer({ min: 1, max: 9 }).map(String);
    const node = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        number,
        fc.tuple(tie('node'), operators, tie('node')).map(([a, op, b]) => `(${a} ${op} ${b})`),
      ),
    })).node;
    const compute = (text_: string): string => evaluateFormula(text_, {}).toFixed();
    fc.assert(
      fc.property(node, (text) => {
        expect(compute(readBack(math(text)))).toBe(compute(text));
      }),
      { numRuns: 300 },
    );
  });

  it('sets quotients, powers, indices, sums and means as books do', () => {
    expect(math('a / (b + c)')).toContain('<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mi>c</mi></mrow></mfrac>');
    expect(math('pow(a + b, 2)')).toContain('<msup><mrow><mo>(</mo>');
    expect(math('Mar_m_d')).toContain('<msub><mi>Mar</mi><mi>m,d</mi></msub>');
    expect(math('sum(E)')).toContain('<mo>∑</mo><mi>E</mi>');
    expect(math('wavg(x, w)')).toContain('<mfrac>');
    expect(math('mean(x)')).toContain('<mover>');
    expect(math('sumproduct(a, b)')).toContain('<mo>∑</mo><mrow><mi>a</mi><mo>×</mo><mi>b</mi></mrow>');
    expect(math('min(a, b)')).toContain('<mi>min</mi>');
  });

  it('has every tag closed', () => {
    const names = fc.constantFrom('a', 'b_1', 'c');
    const node = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        names,
        fc
          .tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node'))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('node').map((a) => `round(${a}, 2)`),
        tie('node').map((a) => `-${a}`),
      ),
    })).node;
    fc.assert(
      fc.property(node, (text) => {
        const open: string[] = [];
        for (const [, slash, name = ''] of math(text).matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
          if (slash === '') open.push(name);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });
});

describe('text on a page', () => {
  it('stands there as it is written, and is never a tag', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[<>"']/);
        const back = escaped.replace(
          /&(lt|gt|quot|#39|amp);/g,
          (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
        );
        expect(back).toBe(text);
      }),
    );
  });
});

describe('a methodology as a page', () => {
  const page = methodologyPage(glass(), '2024');

  it('says its id, its year, and each figure with unit, words, cases and sources', () => {
    for (const words of [
      'X-GLASS',
      'Glass 2024',
      'fuel_t',
      'GJ/t',
      'E.measured',
      'clause 1',
      '/basis in measured',
      'quality-control-plan/fuel',
      '月度存证',
      '0.0290',
      '0.1',
    ])
      expect(page).toContain(words);
    expect(methodologyPage(glass(), '2025')).toContain('0.09');
  });

  it('stands alone: no script, nothing loaded', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|href=|url\(|\son[a-z]+=/i);
    expect(page.startsWith('<!doctype html>')).toBe(true);
  });

  it('shows hostile words as words', () => {
    const hostile = methodologyPage(
      glass((files) => {
        files.glossary['fuel_t'] = { en: '<script>alert(1)</script>', zh: '"&\'' };
        at(files.methodology, 'title')['en'] = '<img src=x onerror=alert(1)>';
        at(files.parameters, 'values', 'EF')['source'] = '</table><script>';
      }),
      '2024',
    );
    expect(hostile).not.toMatch(/<script|<img/);
    expect(hostile).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('is of a year that the methodology is for', () => {
    expect(codeOf(() => methodologyPage(glass(), '2023'))).toBe('FORMULA_UNDEFINED');
    expect(codeOf(() => methodologyText(glass(), '2023'))).toBe('FORMULA_UNDEFINED');
  });
});

describe('a methodology as text', () => {
  it('says the same for a terminal', () => {
    const lines = methodologyText(glass(), '2024').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '    fuel_t  （虚构）fuel_t fuel_t  (t, 2 decimals, stated)',
        '      Q: round(FC × NCV, 2)',
        '          FC = fuel_t  （虚构）fuel_t fuel_t',
        '          clause 1',
        '      E.default: round(Q × EF, 2)   [/basis in default]',
        '    EF = 0.1 tCO2/GJ  （虚构）EF EF  — notice',
      ]),
    );
  });
});

describe('words of a methodology', () => {
  it('are those of the glossary, of its family, of a field, or the name itself', () => {
    expect(wordsFor(glass(), 'fuel_t')).toBe('（虚构）fuel_t fuel_t');
    expect(wordsFor(glass(), 'CC.gas')).toBe('（虚构）CC CC');
    expect(wordsFor(glass(), 'CC.@')).toBe('（虚构）CC CC');
    expect(wordsFor(glass(), 'basis')).toBe('（虚构）Choice Choice');
    expect(wordsFor(glass(), 'unknown')).toBe('unknown');
    expect(wordsFor(glass(), 'constructor')).toBe('constructor');
    expect(tableWords('constructor@unit')).toBe('constructor · 机组（产线） unit or line');
    expect(bindingWords(glass(), { parameter: 'EF' })).toBe('$EF  （虚构）EF EF');
    expect(conditionWords(undefined)).toBe('');
    expect(
      conditionWords([
        { cited: 'a', is: true },
        { cited: 'b', is: false },
      ]),
    ).toBe('cited a · not cited b');
  });

  it('name a table by kind and level', () => {
    expect(tableWords('annual-report@plant')).toBe('年度排放报告 Annual report · 企业 enterprise');
    expect(tableWords('other@unit')).toBe('other · 机组（产线） unit or line');
  });
});
