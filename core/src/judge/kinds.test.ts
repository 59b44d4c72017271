import { sentenceInChinese } from '../wording/sentences';
import { recordTypeNames, type RecordType } from '../records/record';
import { recordTypes } from '../rulebook';
import { kindFault } from './kinds';

/** The kinds that a refusal offers. */
const offered = (said: string): string[] =>
  (said.split(', but ')[1] ?? '').split(' or ').map((one) => JSON.parse(one) as string);

/** A kind that no record of the type has; a type that takes any name takes every kind but, where one is asked for, that without. */
function foreign(type: RecordType): string | undefined {
  const { labels, number } = recordTypes[type];
  if (number === true || labels?.names !== 'any') return `${type}.(x)`;
  return labels.required === true ? type : undefined;
}

const refusing = recordTypeNames.filter((type) => foreign(type) !== undefined);

describe('a kind that its type does not have', () => {
  it.each(refusing)('of %s is refused with those that it has, each of which is taken', (type) => {
    const spec = recordTypes[type];
    const said = kindFault({ type, kind: foreign(type) ?? '' }, spec) ?? '';
    const kinds = offered(said);
    expect(kinds.length).toBeGreaterThan(0);
    for (const kind of kinds) expect([kind, kindFault({ type, kind }, spec)]).toEqual([kind, undefined]);
    const chinese = sentenceInChinese(said) ?? '';
    expect(chinese).toContain('的类别代码不应为');
    for (const kind of kinds) expect(chinese).toContain(`"${kind}"`);
  });

  it('names the two of a self-inspection, which has none without a name', () => {
    const record = { type: 'self-inspection', kind: 'self-inspection' } as const;
    expect(kindFault(record, recordTypes['self-inspection'])).toBe(
      'the kind of a self-inspection is not "self-inspection", but "self-inspection.enterprise" or "self-inspection.verifier"',
    );
  });
});
