import fc from 'fast-check';
import { citedRecord, toldOf } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const counts = { block: 0, warn: 0, info: 0, notRun: 0 };
const finding = { rule: 'R-X01', severity: 'warn', addresses: ['a#b'] };
const promise: ContentPromise = {
  required: ['ruleSet', 'counts', 'findings', 'digest'],
  bad: [
    ['the name of its rules in 121 characters', { ruleSet: 'x'.repeat(121) }, '/content/ruleSet'],
    ['a count below nothing', { counts: { ...counts, block: -1 } }, '/content/counts/block'],
    ['a count in parts', { counts: { ...counts, warn: 0.5 } }, '/content/counts/warn'],
    ['a count too many', { counts: { ...counts, info: 1_000_001 } }, '/content/counts/info'],
    ['a rule in small letters', { findings: [{ ...finding, rule: 'r-x01' }] }, '/content/findings/0/rule'],
    ['a severity that there is not', { findings: [{ ...finding, severity: 'fatal' }] }, '/content/findings/0/severity'],
    ['a finding about nothing', { findings: [{ ...finding, addresses: [] }] }, '/content/findings/0/addresses'],
    ['a digest without its name', { digest: 'ab'.repeat(32) }, '/content/digest'],
    ['a digest in capitals', { digest: `sha256:${'AB'.repeat(32)}` }, '/content/digest'],
  ],
};

describe('the content of a screening result', () => {
  it.each(contentTable('screening-result', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('screening-result', content)).toEqual(faults);
  });
});

const month = citedRecord('monthly-evidence', { subject: { period: '2024-09' } });
const cited = { screened: [month] };
const at = (key: string): object => ({ ...finding, addresses: [`${key}#NCVar_GJ_t`] });

describe('a screening result', () => {
  it('counts what stands there: each that blocks or asks for an explanation, and of information at most so much', async () => {
    const severities = ['block', 'warn', 'info'] as const;
    const numbers = fc.record({ block: fc.nat(3), warn: fc.nat(3), info: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, async (stated, there) => {
        const findings = severities.flatMap((severity) =>
          Array.from({ length: there[severity] }, () => ({ ...at(month.key), severity })),
        );
        const wrong = severities.filter((severity) =>
          severity === 'info' ? there.info > stated.info : there[severity] !== stated[severity],
        );
        const told = await toldOf('screening-result', {
          content: { counts: { ...counts, ...stated }, findings },
          cited,
        });
        expect(told).toEqual(wrong.map((severity) => `BAD_RECORD /content/counts/${severity}`));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['of what was screened', month.key, []],
    ['of another month', month.key.replace('2024-09', '2024-08'), ['BAD_RECORD /content/findings/0/addresses']],
    ['of a longer name that begins alike', `${month.key}.x`, ['BAD_RECORD /content/findings/0/addresses']],
  ])('names figures %s', async (_, key, expected) => {
    const content = { counts: { ...counts, warn: 1 }, findings: [at(key)] };
    expect(await toldOf('screening-result', { content, cited })).toEqual(expected);
  });

  it('cites the rules that it was made by, and finds nothing in them: they are not what was screened', async () => {
    const rules = citedRecord('rule-set');
    const content = { counts: { ...counts, warn: 1 }, findings: [at(month.key)] };
    expect(await toldOf('screening-result', { content, cited: { ...cited, 'rule-set': [rules] } })).toEqual([]);
    const inRules = { ...content, findings: [at(rules.key)] };
    expect(await toldOf('screening-result', { content: inRules, cited: { ...cited, 'rule-set': [rules] } })).toEqual([
      'BAD_RECORD /content/findings/0/addresses',
    ]);
  });

  it('of the plant itself takes none of the numbers that its authorities need', async () => {
    const plant = citedRecord('monthly-evidence').record.issuer;
    const numbered = (number: number, issuer: string): Promise<string[]> =>
      toldOf('screening-result', {
        kind: `screening-result.${String(number)}`,
        issuer,
        content: { counts, findings: [] },
        cited,
      });
    expect(await numbered(999, plant)).toEqual([]);
    expect(await numbered(1000, plant)).toEqual(['BAD_RECORD /kind']);
    expect(await numbered(1000, '11140000MB0FAKE14J')).toEqual([]);
  });
});
