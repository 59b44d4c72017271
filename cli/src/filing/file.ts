import {
  faultWords,
  isErrorCode,
  LedgerError,
  placeWords,
  recordWords,
  type Fault,
  type RecordType,
  type Title,
} from '@carbon-ledger/core';
import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { Context } from '../context';
import { isTableName } from '../inspection/tables';
import { languageOf, type Language } from '../output/language';
import { exitCodes } from '../output/problem';
import { refuse } from '../output/refuse';
import type { Service } from '../service/service';
import { Dialogue, type Place } from './dialogue';
import { statedFacts, withCells, type FactOptions, type Facts } from './facts';

export interface FileOptions extends FactOptions {
  readonly trialKeys?: boolean;
  /** Only show what would be signed. */
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  /** Whether tables are committed cell by cell. */
  readonly cells: boolean;
  readonly lang?: string;
}

type DraftAnswer = AnswerOf<'createDraft'>;

/** Times that a person is asked again for what the ledger would refuse. */
const MOST_ROUNDS = 5;

function faultsOf({ faults, open }: DraftAnswer, language: Language): Fault[] {
  const told = faults.map(({ path, code, message, details }): Fault => ({
    path,
    message,
    code: isErrorCode(code) ? code : 'BAD_RECORD',
    ...(details === undefined ? {} : { details }),
  }));
  const choices = open
    .filter(({ candidates }) => candidates.length > 0)
    .map(({ role, candidates }): Fault => ({
      path: `/cites/${role}`,
      code: 'CITATION_MISSING',
      message: whichOf(role, candidates)[language],
    }));
  return [...told, ...choices];
}

const whichOf = (role: string, candidates: readonly string[]): Title => ({
  en: `say which: --cite ${role}=KEY, one of ${candidates.join(', ')}`,
  zh: `请以 --cite ${role}=业务键 指明引用哪一条，可选：${candidates.join('、')}`,
});

/** Places of the content at which the ledger would refuse: `['commitment', 'completeness']`. */
function faultyPlaces({ faults }: DraftAnswer): readonly Place[] {
  return faults.flatMap(({ path }) => (path.startsWith('/content/') ? [path.split('/').slice(2)] : []));
}

/** Stated figures at which the ledger would refuse. */
function faultyFigures({ faults, asked }: DraftAnswer): ReadonlySet<string> {
  const stated = new Set(asked.filter(({ isStated }) => isStated).map(({ name }) => name));
  return new Set(faults.map(({ path }) => path.replace(/^\/figures\//, '')).filter((name) => stated.has(name)));
}

/** Without what is at fault, so that it is asked again. */
function withoutFaulty(draft: DraftAnswer, figures: Facts['figures'] = {}): Record<string, string> {
  const faulty = faultyFigures(draft);
  return Object.fromEntries(Object.entries(figures).filter(([name]) => !faulty.has(name)));
}

/**
 * Figures that a person is asked for: stated ones that are not there, nor told by the ledger, but not the many of a family.
 * What was left empty once is asked again only where it was refused.
 */
function figuresToAsk(
  { asked, proposed = {} }: DraftAnswer,
  figures: Readonly<Record<string, string>>,
  left: ReadonlySet<string> = new Set(),
): DraftAnswer['asked'] {
  return asked.filter(({ name, isStated }) => {
    const isKnown = Object.hasOwn(figures, name) || Object.hasOwn(proposed, name) || left.has(name);
    return isStated && !name.endsWith('.*') && !isKnown;
  });
}

/** @param left names that were left empty; those that are now stand in it too */
async function askFigures(dialogue: Dialogue, draft: DraftAnswer, facts: Facts, left: Set<string>): Promise<Facts> {
  const figures: Record<string, string> = { ...facts.figures };
  for (const { name, unit, decimals } of figuresToAsk(draft, figures, left)) {
    const value = await dialogue.figure(name, unit, decimals);
    if (value === '') left.add(name);
    else figures[name] = value;
  }
  return { ...facts, figures };
}

/** A draft with the facts from which it was made. */
interface Drafted {
  readonly facts: Facts;
  readonly draft: DraftAnswer;
}

async function askMissing(service: Service, stated: Facts, dialogue: Dialogue, left: Set<string>): Promise<Drafted> {
  const given = stated.subject ?? {};
  const subject = stated.on === undefined ? await dialogue.subject(stated.type, given) : given;
  const facts: Facts = { ...stated, subject, content: await dialogue.content(stated.type, stated.content ?? {}) };
  const draft = await service.draft(facts);
  if (figuresToAsk(draft, facts.figures ?? {}).length === 0) return { facts, draft };
  const withFigures = await askFigures(dialogue, draft, facts, left);
  return { facts: withFigures, draft: await service.draft(withFigures) };
}

interface Guide {
  readonly dialogue: Dialogue;
  readonly language: Language;
}

/** In Chinese by the title of its field; in English by its place in the record, as everything else on the command line. */
function toldFault(fault: Fault, type: RecordType, language: Language): string {
  const place = language === 'zh' ? placeWords(type, fault.path, language) : fault.path;
  return `✗ ${place}: ${faultWords(fault, language)}`;
}

/** Asks for all that is missing, then again for what the ledger would refuse, each fault at its field. */
async function guided(
  context: Context,
  service: Service,
  stated: Facts,
  { dialogue, language }: Guide,
): Promise<DraftAnswer> {
  const left = new Set<string>();
  let { facts, draft } = await askMissing(service, stated, dialogue, left);
  for (let round = 0; round < MOST_ROUNDS && faultyPlaces(draft).length + faultyFigures(draft).size > 0; round += 1) {
    for (const fault of faultsOf({ ...draft, open: [] }, language))
      context.output.note(toldFault(fault, facts.type, language));
    const content = await dialogue.again(facts.type, facts.content ?? {}, faultyPlaces(draft));
    for (const name of faultyFigures(draft)) left.delete(name);
    const figures = withoutFaulty(draft, facts.figures);
    facts = await askFigures(dialogue, draft, { ...facts, content, figures }, left);
    draft = await service.draft(facts);
  }
  return draft;
}

function shown(draft: DraftAnswer, language: Language): string {
  const lines = recordWords(draft.record, draft.figures)[language];
  return [...lines, `digest ${draft.digest}`].join('\n');
}

function parseLanguage(context: Context, { lang }: FileOptions): Language {
  if (lang === undefined) return languageOf(context.io.env);
  if (lang === 'zh' || lang === 'en') return lang;
  throw new LedgerError('USAGE', `--lang ${lang}: zh or en`);
}

/** On a terminal where nothing else says what is to be filed. */
function dialogueOf({ io: { ask } }: Context, options: FileOptions, language: Language): Dialogue | undefined {
  const isStated = options.from !== undefined || options.yes === true;
  return ask === undefined || isStated ? undefined : new Dialogue(ask, language);
}

function showOnly(context: Context, draft: DraftAnswer, language: Language): number {
  const faults = faultsOf(draft, language);
  const lines = faults.map((fault) => `✗ ${fault.path}: ${faultWords(fault, language)}`);
  context.output.result(draft, () => [shown(draft, language), ...lines].join('\n'));
  return faults.length > 0 ? exitCodes.no : exitCodes.yes;
}

/** By the key of who signs. Where it is not held nothing can be signed, and what is only shown is shown without. */
async function committed(stated: Facts, service: Service, issuer: string, options: FileOptions): Promise<Facts> {
  const { document, cells } = options;
  const hasTables = cells && document.some(isTableName);
  if (!hasTables || !(await service.keys.has(issuer))) return stated;
  return withCells(stated, document, await service.keys.saltsOf(issuer));
}

/** Drafts, shows in words what will be signed, signs, files. What the ledger would refuse is not signed. */
export async function file(context: Context, type: RecordType, options: FileOptions): Promise<number> {
  const issuer = context.requireParty();
  const language = parseLanguage(context, options);
  const plain = await statedFacts(type, options);
  const service = await context.service({ reader: issuer, trialKeys: options.trialKeys === true });
  const stated = await committed(plain, service, issuer, options);
  const dialogue = dialogueOf(context, options, language);
  const draft =
    dialogue === undefined
      ? await service.draft(stated)
      : await guided(context, service, stated, { dialogue, language });
  if (options.dryRun === true) return showOnly(context, draft, language);
  const faults = faultsOf(draft, language);
  if (faults.length > 0) return refuse(context, refusalOf(faults), language);
  context.output.note(shown(draft, language));
  if (dialogue !== undefined && !(await dialogue.agrees())) throw new LedgerError('INTERRUPTED', 'nothing was signed');
  return sign(context, service, draft);
}

async function sign(context: Context, service: Service, draft: DraftAnswer): Promise<number> {
  const submission = await service.anchorDraft(draft);
  const { recordId: record, key } = draft;
  const { version } = draft.record;
  context.output.result(
    { status: 'filed', record, key, version, submission },
    () => `${key}  version ${String(version)}\n${record}`,
  );
  return exitCodes.yes;
}

function refusalOf(faults: readonly Fault[]): LedgerError {
  const [first] = faults;
  return new LedgerError(first?.code ?? 'BAD_RECORD', 'the ledger would refuse it; nothing was signed', { faults });
}
