import {
  isUscc,
  marksOf,
  parseBusinessKey,
  RelationReader,
  typeOfKind,
  type AnchoredRecord,
  type RelatedFigure,
  type RelatedInput,
} from '@carbon-ledger/core';
import { keys, prefixes } from '@carbon-ledger/auditor/stored';
import { prices } from '../http/limits/prices';
import type { RegisteredParty } from '../projection/parties';
import type { Projection } from '../projection/projection';
import type { Reading, RecordViews } from '../records/record-views';
import { ids, type Attributes, type EdgeKind, type GraphEdge, type GraphNode, type GraphPart } from './elements';
import { Selection, type GraphQuery } from './selection';

/** Records whose relations are read together; what they cite is held for as long. */
const AT_ONCE = 100;
/** Records that name one document, as far as it is told which of them comes first. */
const MOST_NAMING = 200;

interface Sources {
  readonly projection: Projection;
  readonly views: RecordViews;
  readonly ledgerId: string;
}

/** Texts of a content that are codes, with the place of each as JSON pointer. */
function* codesIn(value: unknown, place = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') {
    if (isUscc(value)) yield [place, value];
  } else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) yield* codesIn(member, `${place}/${name}`);
}

/** Collects what one record says. */
class Part implements GraphPart {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];

  node(id: string, kind: GraphNode['kind'], attributes: Attributes): void {
    this.nodes.push({ id, kind, attributes });
  }

  edge(from: string, kind: EdgeKind, to: string, attributes: Attributes = {}): void {
    this.edges.push({ from, to, kind, attributes });
  }
}

/**
 * Walks over what is selected, party by party, each in the order of the log. Every node comes once, without holding all
 * that came: what belongs to one party is forgotten with it, a document comes with the first record that names it, and what
 * is shared (parties, regions, rules of authorities) is little.
 */
class Walk {
  readonly #sources: Sources;
  readonly #selection: Selection;
  readonly #reading: Reading;
  /** Records behind it came while the graph was read. */
  readonly #size: number;
  readonly #shared = new Set<string>();
  #own = new Set<string>();
  #party = '';
  /** The same where it is an enterprise, which has records without number; others have few. */
  #enterprise = '';

  constructor(sources: Sources, query: GraphQuery, reading: Reading) {
    this.#sources = sources;
    this.#selection = new Selection(sources.projection.parties, query);
    this.#reading = reading;
    this.#size = sources.projection.log.size;
  }

  async *parts(): AsyncGenerator<GraphPart, void, undefined> {
    const start = new Part();
    start.node(ids.ledger(this.#sources.ledgerId), 'ledger', { logSize: String(this.#size) });
    yield start;
    for await (const party of this.#selection.parties()) {
      this.#party = party.uscc;
      this.#enterprise = party.content.kind === 'enterprise' ? party.uscc : '';
      this.#own = new Set();
      const part = new Part();
      await this.#addParty(part, party);
      yield part;
      for await (const records of this.#records(party.uscc)) yield* this.#relations(records);
    }
  }

  /** Whether something comes for the first time; what is not the enterprise's own is remembered to the end. */
  #isNew(id: string, uscc: string): boolean {
    const told = uscc === this.#enterprise ? this.#own : this.#shared;
    const before = told.size;
    return told.add(id).size > before;
  }

  /** The same of a record that is not selected; it comes with the records of its own party where these cite it. */
  async #isNewOutside(record: string, uscc: string): Promise<boolean> {
    if (uscc !== this.#enterprise && (await this.#isCitedByOwn(record, uscc))) return false;
    return this.#isNew(ids.record(record), uscc);
  }

  async #isCitedByOwn(record: string, uscc: string): Promise<boolean> {
    const { projection } = this.#sources;
    if ((await projection.parties.find(uscc))?.content.kind !== 'enterprise') return false;
    const citing = await projection.reader.records(await projection.newest(prefixes.cited(record), MOST_NAMING));
    this.#reading.spend(citing.length * prices.recordRead);
    for (const one of citing)
      if (one?.record.subject.uscc === uscc && one.logIndex < this.#size && (await this.#selection.hasKey(one.key)))
        return true;
    return false;
  }

  async #addParty(part: Part, { uscc, content }: RegisteredParty): Promise<void> {
    const id = ids.party(uscc);
    if (this.#shared.has(id)) return;
    this.#shared.add(id);
    const { name, kind, region, group, owner } = content;
    part.node(id, 'party', { label: name, uscc, kindOf: kind, region });
    this.#addShared(part, ids.region(region), 'region', region);
    part.edge(id, 'located', ids.region(region));
    if (group !== undefined) {
      this.#addShared(part, ids.group(group), 'group', group);
      part.edge(id, 'belongs', ids.group(group));
    }
    if (owner !== undefined && (await this.#isParty(part, owner))) part.edge(id, 'owned', ids.party(owner));
  }

  #addShared(part: Part, id: string, kind: GraphNode['kind'], label: string): void {
    if (!this.#shared.has(id)) part.node(id, kind, { label });
    this.#shared.add(id);
  }

  /** Whether a code is one of a registered party, which then is in the graph. */
  async #isParty(part: Part, uscc: string): Promise<boolean> {
    if (this.#shared.has(ids.party(uscc))) return true;
    this.#reading.spend(prices.headRead);
    const found = await this.#sources.projection.parties.find(uscc);
    if (found === undefined) return false;
    await this.#addParty(part, found);
    return true;
  }

  async *#records(party: string): AsyncGenerator<readonly AnchoredRecord[], void, undefined> {
    const { projection, views } = this.#sources;
    const source = views.source(this.#reading);
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await projection.list({ party, sort: 'anchored' }, { cursor, limit: AT_ONCE });
      const wanted = page.items.filter(
        ({ logIndex, record }) => logIndex < this.#size && this.#selection.hasPeriod(record.subject.period),
      );
      const found = await source.records(wanted.map(({ id }) => id));
      yield found.filter((one) => one !== undefined);
      cursor = page.next;
    }
  }

  async *#relations(records: readonly AnchoredRecord[]): AsyncGenerator<GraphPart, void, undefined> {
    const reader = new RelationReader(this.#sources.views.source(this.#reading));
    for (const anchored of records) {
      const part = new Part();
      await this.#addRecord(part, anchored);
      for (const figure of await reader.figures(anchored)) await this.#addFigure(part, anchored, figure);
      yield part;
    }
  }

  async #addRecord(part: Part, anchored: AnchoredRecord): Promise<void> {
    const { id, record, status, state, anchoredAt, logIndex } = anchored;
    const { uscc, unit, period } = record.subject;
    const key = `${uscc}/${unit}/${period}/${record.kind}`;
    const marks = await marksOf(anchored, this.#sources.views.marking);
    part.node(ids.record(id), 'record', {
      ...{ label: `${key} v${String(record.version)}`, key, type: record.type, uscc, unit, period },
      ...{ version: String(record.version), status, state, anchoredAt, logIndex: String(logIndex) },
      ...(marks.length === 0 ? {} : { marks: marks.map(({ mark }) => mark).join(' ') }),
    });
    this.#addAbout(part, anchored);
    if (await this.#isParty(part, record.issuer)) part.edge(ids.record(id), 'filed', ids.party(record.issuer));
    await this.#addRevised(part, anchored, key);
    for (const { role, record: cited, key: citedKey } of record.cites) {
      await this.#addOutside(part, cited, citedKey);
      part.edge(ids.record(id), 'cites', ids.record(cited), { role });
    }
    for (const [field, code] of codesIn(record.content))
      if (await this.#isParty(part, code)) part.edge(ids.record(id), 'names', ids.party(code), { field });
    await this.#addDocuments(part, anchored);
  }

  #addAbout(part: Part, { id, record }: AnchoredRecord): void {
    const { uscc, unit } = record.subject;
    const isWhole = unit === 'PLANT' || unit === '-';
    const subject = isWhole ? ids.party(uscc) : ids.unit(uscc, unit);
    if (!isWhole && this.#isNew(subject, uscc)) {
      part.node(subject, 'unit', { label: unit, uscc, unit });
      part.edge(subject, 'part', ids.party(uscc));
    }
    part.edge(ids.record(id), 'about', subject);
  }

  async #addRevised(part: Part, { id, record }: AnchoredRecord, key: string): Promise<void> {
    if (record.version === 1) return;
    const before = await this.#sources.projection.idUnder(keys.version(key, record.version - 1));
    if (before !== undefined) part.edge(ids.record(id), 'revises', ids.record(before));
  }

  /** A record that is rested on and not selected is named, and nothing more is said of it. */
  async #addOutside(part: Part, record: string, key: string): Promise<void> {
    if (await this.#selection.hasKey(key)) return;
    const { uscc, unit, period, kind } = parseBusinessKey(key);
    if (!(await this.#isNewOutside(record, uscc))) return;
    part.node(ids.record(record), 'record', {
      label: key,
      key,
      type: typeOfKind(kind),
      uscc,
      unit,
      period,
      outside: 'true',
    });
  }

  async #addDocuments(part: Part, anchored: AnchoredRecord): Promise<void> {
    const { id, record } = anchored;
    const told = new Set<string>();
    for (const { name, role, sha256, mediaType } of record.documents) {
      const document = ids.document(sha256);
      const isNew = !told.has(document) && (await this.#isFirstNaming(anchored, sha256));
      told.add(document);
      if (isNew) part.node(document, 'document', { label: name, sha256, mediaType });
      part.edge(ids.record(id), 'source', document, { role, name });
    }
  }

  /** Whether no selected record that names the same document comes before in this walk. */
  async #isFirstNaming({ id, logIndex }: AnchoredRecord, sha256: string): Promise<boolean> {
    const { projection } = this.#sources;
    const naming = await projection.newest(prefixes.document(sha256), MOST_NAMING);
    if (naming.length === 1) return true;
    if (naming.length === MOST_NAMING) return this.#isNew(ids.document(sha256), '');
    const others = naming.filter((other) => other !== id);
    this.#reading.spend(others.length * prices.recordRead);
    for (const other of await projection.reader.records(others)) {
      if (other === undefined || !(await this.#selection.hasKey(other.key))) continue;
      if (other.logIndex >= this.#size) continue;
      const { uscc } = other.record.subject;
      if (uscc < this.#party || (uscc === this.#party && other.logIndex < logIndex)) return false;
    }
    return true;
  }

  async #addFigure(part: Part, { id, record }: AnchoredRecord, figure: RelatedFigure): Promise<void> {
    const { name, value, unit: measure, source, computed } = figure;
    const own = ids.value('figure', id, name);
    part.node(own, 'figure', { label: name, name, value, measure });
    part.edge(ids.record(id), 'member', own);
    const document = source && record.documents[source.document];
    if (source && document) part.edge(own, 'source', ids.document(document.sha256), { place: source.place });
    if (computed === undefined) return;
    const activity = ids.computation(id, name);
    const { formula, expression, inputs } = computed;
    part.node(activity, 'computation', { label: formula, formula, expression });
    part.edge(own, 'generated', activity);
    for (const input of inputs)
      part.edge(activity, 'used', await this.#input(part, input), { variable: input.variable });
  }

  /** A figure of a selected record comes with it; parameters, fields of contents and figures of others with their first use. */
  async #input(part: Part, { record, key, kind, name, value }: RelatedInput): Promise<string> {
    const id = ids.value(kind, record, name);
    const isSelected = await this.#selection.hasKey(key);
    if (kind === 'figure' && isSelected) return id;
    const { uscc } = parseBusinessKey(key);
    if (!this.#isNew(id, uscc)) return id;
    if (!isSelected) await this.#addOutside(part, record, key);
    part.node(id, 'figure', { label: name, name, value, ...(isSelected ? {} : { outside: 'true' }) });
    part.edge(ids.record(record), 'member', id);
    return id;
  }
}

/** The graph of what is selected, as far as it is open to who asks, part by part. */
export function graphParts(sources: Sources, query: GraphQuery, reading: Reading): AsyncGenerator<GraphPart> {
  return new Walk(sources, query, reading).parts();
}
