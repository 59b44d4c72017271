import { z } from 'zod';
import { plainTextFault } from '../identifiers';
import { canonicalize, parseCanonical } from '../canonical';
import { recordTypeNames, type RecordType } from '../records';
import { partyKinds, processes, recordTypes, relations } from '.';
import { changed, contentFaultsOf, exampleOf } from './testing/content-table';
import { dueDay } from './due';
import { recordOf } from './testing/bench';

const unitsOf = {
  unit: ['U1'],
  plant: ['PLANT'],
  'unit-or-plant': ['U1', 'PLANT'],
  none: ['-'],
  any: ['-', 'U1', 'PLANT'],
};

/** Schema of a field without what only says that it may be absent or null. */
function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return bare(schema.unwrap() as z.ZodType);
  return schema;
}

/** Every field that people fill in, however deep, with its schema. */
function* fieldsOf(schema: z.ZodType, at = ''): Generator<[string, z.ZodType]> {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) yield* fieldsOf(inner.element as z.ZodType, `${at}/*`);
  if (!(inner instanceof z.ZodObject)) return;
  const shape: Readonly<Record<string, z.ZodType>> = inner.shape;
  for (const [name, field] of Object.entries(shape)) {
    yield [`${at}/${name}`, field];
    yield* fieldsOf(field, `${at}/${name}`);
  }
}

/** Rules are files that an expert writes and tests: no form is made of them. */
const withoutForm: ReadonlySet<RecordType> = new Set(['methodology', 'parameter', 'rule-set']);

describe.each(recordTypeNames)('the record type %s', (type) => {
  const spec = recordTypes[type];
  const example = exampleOf(type);

  it('has an example that it takes itself, and that survives its canonical bytes', () => {
    expect(contentFaultsOf(type, example)).toEqual([]);
    expect(parseCanonical(canonicalize(example))).toEqual(example);
  });

  it('has words in two languages, of which every character is seen', () => {
    for (const word of [spec.title.en, spec.title.zh]) {
      expect(word.length).toBeGreaterThan(0);
      expect(plainTextFault(word)).toBeUndefined();
    }
    expect(spec.title.zh).toMatch(/\p{Script=Han}|CCER/u);
  });

  it('gives every field its words', () => {
    if (withoutForm.has(type)) return;
    const silent = [...fieldsOf(spec.content)].filter(([, field]) => {
      const { title, titleZh } = field.meta() ?? bare(field).meta() ?? {};
      return typeof title !== 'string' || typeof titleZh !== 'string' || title === '' || titleZh === '';
    });
    expect(silent.map(([place]) => place)).toEqual([]);
  });

  it('is filed by kinds of party and in relations that exist, by each in one way for each label', () => {
    expect(spec.filed.length).toBeGreaterThan(0);
    for (const { by, as, labels = [] } of spec.filed) {
      expect(partyKinds).toContain(by);
      expect(relations).toContain(as);
      const known = spec.labels?.names ?? [];
      if (known !== 'any') expect(labels.filter((label) => !known.includes(label))).toEqual([]);
    }
    const lines = spec.filed.map(({ by, as }) => `${by} ${as}`);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('cites in each role once, between a least and a greatest number, types that exist', () => {
    for (const unit of unitsOf[spec.unit]) {
      const rules = spec.cites(recordOf(type, { subject: { unit } }));
      expect(new Set(rules.map(({ role }) => role)).size).toBe(rules.length);
      for (const { role, min, max, type: cited, kind } of rules) {
        expect(role).toMatch(/^[a-z][a-z-]{0,39}$/);
        expect([min >= 0, max >= 1, min <= max]).toEqual([true, true, true]);
        const types: readonly string[] = typeof cited === 'string' ? [cited] : cited;
        for (const one of types) if (one !== 'any') expect(recordTypeNames).toContain(one);
        if (kind !== undefined) expect(types).toContain(kind.split('.')[0]);
      }
    }
  });

  it('acts only in roles whose citations say so, by steps that some lifecycle knows', () => {
    const record = recordOf(type, { content: example });
    const actions = spec.acts?.(record) ?? [];
    const acting = spec.cites(record).filter(({ acts }) => acts === true);
    expect(actions.map(({ role }) => role)).toEqual(acting.map(({ role }) => role));
    const known = Object.values(processes).flatMap(({ transitions }) => transitions.map(({ on }) => on));
    for (const { trigger } of actions) expect(known).toContain(trigger);
  });

  it('lives in a lifecycle that begins with filing', () => {
    const { transitions } = processes[spec.process];
    expect(transitions.some(({ on, from }) => on === 'filed' && from.includes('-'))).toBe(true);
  });

  it('is due on the day that parameters set, where it is due at all', () => {
    const record = recordOf(type);
    const names = (spec.due?.(record) ?? []).map((term) => ('day' in term ? term.day : term.days));
    for (const name of names) {
      const value = name.endsWith('.days') ? '40' : '20250331';
      const due = dueDay(spec, record, { [name]: { value, unit: '1', source: '' } });
      expect(new Date(due ?? '').toISOString().slice(0, 10)).toBe(due);
    }
    expect(dueDay(spec, record, {})).toBeUndefined();
  });

  it('changes the same twice, and neither the record nor its content', () => {
    const record = recordOf(type);
    const before = canonicalize(record);
    const input = {
      record,
      id: 'ab'.repeat(32),
      content: record.content,
      time: '2026-11-21T08:00:00Z',
      cited: () => [],
    };
    expect(spec.effects?.(input)).toEqual(spec.effects?.(input));
    expect(canonicalize(record)).toBe(before);
  });

  it.each([null, [], 'x', 1, true, new Map(), undefined])('is no content of %p', (content) => {
    expect(spec.content.safeParse(content).success).toBe(false);
  });

  it('takes no member by the name of what every object has', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const content = JSON.parse(`{${JSON.stringify(name)}:{"x":1},${JSON.stringify(example).slice(1)}`) as object;
      // What a schema of further facts lets pass has no canonical bytes: it cannot be signed.
      const isTaken = spec.content.safeParse(content).success;
      if (isTaken) expect(() => canonicalize(content)).toThrow('__proto__');
      expect([name, isTaken && name !== '__proto__']).toEqual([name, false]);
    }
  });

  it('leaves nothing of its example out: each member is asked for or known as one that may be absent', () => {
    for (const field of Object.keys(example)) {
      const faults = contentFaultsOf(type, changed(example, { [field]: undefined }));
      expect([[], [`BAD_RECORD /content/${field}`]]).toContainEqual(faults);
    }
  });
});
