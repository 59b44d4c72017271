import { normaliseIdentifier, provinceOf } from '../identifiers';
import type { BookIndex, BookRecord } from './book';
import type { RuleSet, TraitEntry, Traits } from './rule-set';

/** Width, case, blanks and hyphens make no other word. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

interface About {
  readonly text: string;
  readonly class: string | undefined;
}

function valueOf(entries: readonly TraitEntry[], { text, class: ofClass }: About): string | undefined {
  const found = entries.find(
    (entry) =>
      (entry.class === undefined || (ofClass !== undefined && entry.class.includes(ofClass))) &&
      (entry.words === undefined || entry.words.some((word) => text.includes(folded(word)))),
  );
  return found?.value;
}

type Fields = Readonly<Record<string, unknown>>;

/** What the facility's registration says of the unit. */
function registered(index: BookIndex, { subject }: BookRecord): Fields {
  const units = index.at(`${subject.uscc}/-/-/facility`)?.content['units'];
  const found = Array.isArray(units) ? (units as readonly Fields[]).find(({ id }) => id === subject.unit) : undefined;
  return found ?? {};
}

/** The sector is the unit part of the key of the methodology: `…/POWER/2024/methodology`. */
function sectorOf(record: BookRecord): string | undefined {
  const [key] = record.cites['methodology'] ?? [];
  return key?.split('/')[1]?.toLowerCase();
}

/** However it is written: a mine has one name in all records. */
function mineOf({ content }: BookRecord): string | undefined {
  const written = textOf(content['coalMine']);
  if (written === '') return undefined;
  const mine = normaliseIdentifier(written).slice(0, 40);
  return mine === '' ? undefined : mine;
}

const told = ['boiler', 'categoryName', 'product', 'unitName', 'fuel', 'coalKind', 'name'];

/** What is known of the unit that a record is about. */
export class UnitTraits {
  readonly #ruleSet: RuleSet;
  readonly #index: BookIndex;
  readonly #known = new Map<string, { readonly traits: Traits; readonly facts: Fields }>();

  constructor(ruleSet: RuleSet, index: BookIndex) {
    this.#ruleSet = ruleSet;
    this.#index = index;
  }

  of(record: BookRecord): Traits {
    const { traits } = this.#of(record);
    const mine = mineOf(record);
    return mine === undefined ? traits : { ...traits, mine };
  }

  /** `class`, `fuel`, `kind`, `sector`, `region`, `mine`, or a field of the plan or the registration, as text. */
  value(record: BookRecord, name: string): string | undefined {
    const { facts } = this.#of(record);
    const traits = this.of(record);
    const value = (traits as Fields)[name] ?? facts[name];
    return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
  }

  #of(record: BookRecord): { readonly traits: Traits; readonly facts: Fields } {
    const { uscc, unit, period } = record.subject;
    const name = `${uscc}/${unit}/${period.slice(0, 4)}`;
    const known = this.#known.get(name);
    if (known) return known;
    const found = this.#read(record);
    this.#known.set(name, found);
    return found;
  }

  #read(record: BookRecord): { readonly traits: Traits; readonly facts: Fields } {
    const plan = this.#index.related(record, 'quality-control-plan');
    const facts = { ...registered(this.#index, record), ...plan?.content };
    const ofClass = textOf(facts['category']) || undefined;
    const about = { text: folded(told.map((name) => textOf(facts[name])).join(' ')), class: ofClass };
    const { kind, fuel } = this.#ruleSet.traits;
    const party = this.#index.at(`${record.subject.uscc}/-/-/party`);
    const traits = {
      class: ofClass,
      kind: valueOf(kind, about),
      fuel: valueOf(fuel, about),
      sector: sectorOf(record) ?? (plan ? sectorOf(plan) : undefined),
      region: provinceOf(textOf(party?.content['region'])) || undefined,
    };
    return { traits: traits as Traits, facts };
  }
}
