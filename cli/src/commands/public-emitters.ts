import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import type { Column } from '../output/table';
import { printCsv, printList, queryOf } from './listing';

type Emitter = AnswerOf<'getEmitter'>;

export interface YearOptions {
  readonly year: string;
  readonly region?: string;
}

export interface PublicList extends Record<string, unknown> {
  readonly csv?: boolean;
}

type Rests = { readonly doubts?: readonly string[] } | undefined;

/** Why the word of what an answer rests on is in doubt. */
function inDoubt(...rests: readonly Rests[]): string {
  return [...new Set(rests.flatMap((one) => one?.doubts ?? []))].join(', ');
}

/** The same behind a record's id. */
function doubted(record: Rests): string {
  const why = inDoubt(record);
  return why === '' ? '' : `  in doubt 存疑 (${why})`;
}

const emitterColumns: readonly Column<Emitter>[] = [
  { title: 'USCC', value: ({ uscc }) => uscc },
  { title: 'NAME', value: ({ name }) => plainText(name) },
  { title: 'SECTOR', value: ({ sector }) => sector },
  { title: 'VERIFIED t', value: ({ verified }) => verified?.tonnes ?? '', align: 'right' },
  { title: 'SURRENDER', value: ({ surrender }) => surrender.status },
  { title: 'IN DOUBT', value: ({ verified, surrender }) => inDoubt(verified, surrender.rests) },
];

/** A page of the key emitters of a year. */
export async function emitters(context: Context, options: PublicList & YearOptions): Promise<number> {
  const { year } = options;
  const query = queryOf('listEmitters', options);
  const service = await context.service();
  if (options.csv === true) await printCsv(context, service, 'listEmitters', query);
  else
    await printList(
      context,
      { service, name: 'listEmitters', query, about: { year } },
      {
        columns: emitterColumns,
        none: {
          en: `no such key emitter of ${year} is on this ledger`,
          zh: `账本上没有 ${year} 年度的此类重点排放单位`,
        },
      },
    );
  return exitCodes.yes;
}

/** One key emitter, with the records on which each answer rests. */
export async function emitter(context: Context, uscc: string, { year }: YearOptions): Promise<number> {
  const found = await (await context.service()).call('getEmitter', { params: { uscc }, query: { year } });
  const { verified, surrender, listed, disclosure } = found;
  context.output.result(found, () =>
    [
      plainText(`${uscc}  ${found.name}  ${found.sector}  ${year}`),
      `listed     ${listed.key}  ${listed.record}${doubted(listed)}`,
      verified
        ? `verified   ${verified.tonnes} t by ${verified.by}  ${verified.record}${doubted(verified)}`
        : 'verified   –',
      `surrender  ${surrender.status}  ${surrender.rests?.record ?? ''}${doubted(surrender.rests)}`.trimEnd(),
      `disclosed  ${disclosure?.record ?? '–'}${doubted(disclosure)}`,
    ].join('\n'),
  );
  return exitCodes.yes;
}
