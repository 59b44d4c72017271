import type { ImpactRow } from '@carbon-ledger/client-sdk';
import { tonnesNames } from '@carbon-ledger/core';
import type { Context } from '../context';
import type { Service } from '../service/service';

type WholeImpact = Extract<ImpactRow, { readonly whole: unknown }>['whole'];
type PartyImpact = Exclude<ImpactRow, { readonly whole: unknown }>;

const signed = (delta: string): string => (delta.startsWith('-') || delta === '0' ? delta : `+${delta}`);

function countsOf({ records, falls, figures, lost }: PartyImpact | WholeImpact): string {
  const could = falls === 0 ? '' : ` (${String(falls)} could not stand without it)`;
  const gone = lost === 0 ? '' : ` (${String(lost)} could not be computed any more)`;
  return `${String(records)} records${could}, ${String(figures)} figures${gone}`;
}

function rowText({ tonnes, money, accounts, ...row }: PartyImpact): string {
  const changed = tonnesNames.filter((name) => tonnes[name] !== '0');
  return [
    `${row.parties.join(', ')}: ${countsOf({ ...row, tonnes, accounts })}`,
    ...changed.map((name) => `  ${name.padEnd(22)} ${tonnes[name] === null ? 'not known' : signed(tonnes[name])}`),
    ...accounts.map(({ party, year, account, change_t }) => {
      const change = change_t === null ? 'not known' : signed(change_t);
      return `  ${account.padEnd(22)} ${change} t  (${party}, ${year})`;
    }),
    ...(money === undefined
      ? []
      : [`  ${'CNY'.padEnd(22)} ${money.change_CNY === null ? 'not known' : signed(money.change_CNY)}`]),
  ].join('\n');
}

function sumText({ change_t, unknown }: { readonly change_t: string; readonly unknown: number }): string {
  return unknown === 0 ? signed(change_t) : `${signed(change_t)}, and of ${String(unknown)} not known`;
}

function wholeText(whole: WholeImpact): string {
  const { money } = whole;
  return [
    `If ${whole.key} were withdrawn: ${countsOf(whole)} of ${String(whole.parties)} parties`,
    ...tonnesNames.map((name) => `  ${name.padEnd(22)} ${sumText(whole.tonnes[name])}`),
    ...(money === undefined
      ? []
      : [
          `  ${'CNY'.padEnd(22)} ${sumText({ change_t: money.change_CNY, unknown: money.unknown })} (at ${money.price})`,
        ]),
  ].join('\n');
}

/** Each party as it is found, what all come to at the end; one document of all with `--json`. @returns of how many records the figures are closed */
export async function tellImpactByParty(
  { output }: Context,
  service: Service,
  id: string,
  price: string | undefined,
): Promise<number> {
  let hidden = 0;
  const rows: PartyImpact[] = [];
  for await (const row of service.impactByParty(id, price === undefined ? {} : { price })) {
    if ('whole' in row) {
      hidden = row.whole.hidden ?? 0;
      output.result({ rows, whole: row.whole }, () => wholeText(row.whole));
    } else if (output.json) rows.push(row);
    else output.data(`${rowText(row)}\n`);
  }
  return hidden;
}
