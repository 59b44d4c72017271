import type { ImpactRow } from '@carbon-ledger/client-sdk';
import { tonnesNames, type Title } from '@carbon-ledger/core';
import type { Context } from '../context';
import type { Language } from '../output/language';
import type { Service } from '../service/service';
import { accountTitle, notComputed, notKnown, signed, sumLine, tonnesTitle } from './impact-words';

type WholeImpact = Extract<ImpactRow, { readonly whole: unknown }>['whole'];
type PartyImpact = Exclude<ImpactRow, { readonly whole: unknown }>;

function countsOf({ records, falls, figures, lost }: PartyImpact | WholeImpact): Title {
  const [all, falling, some, gone] = [String(records), String(falls), String(figures), String(lost)];
  const could = falls === 0 ? '' : ` (${falling} could not stand without it)`;
  const couldZh = falls === 0 ? '' : `（其中 ${falling} 条离开它不能成立）`;
  const not = lost === 0 ? '' : ` (${gone} could not be computed any more)`;
  const notZh = lost === 0 ? '' : `（其中 ${gone} 个无法再计算）`;
  return {
    en: `${all} records${could}, ${some} figures${not}`,
    zh: `${all} 条记录${couldZh}、${some} 个数据项${notZh}`,
  };
}

const yuan: Title = { en: 'CNY', zh: '元' };
const tonne: Title = { en: 't', zh: '吨' };

function rowText({ tonnes, money, accounts, footprints = [], ...row }: PartyImpact, language: Language): string {
  const changed = tonnesNames.filter((name) => tonnes[name] !== '0');
  const change = (delta: string | null): string => (delta === null ? notKnown[language] : signed(delta));
  const lost = notComputed[language];
  return [
    `${row.parties.join(', ')}: ${countsOf({ ...row, tonnes, accounts })[language]}`,
    ...changed.map((name) => sumLine(tonnesTitle(name, language), change(tonnes[name]))),
    ...accounts.map(({ party, year, account, change_t }) =>
      sumLine(accountTitle(account, language), `${change(change_t)} ${tonne[language]}  (${party}, ${year})`),
    ),
    ...footprints.map(
      ({ key, now_tCO2e, then_tCO2e, change_t }) =>
        `  ${key}: ${now_tCO2e} → ${then_tCO2e ?? lost} tCO2e${change_t === null ? '' : ` (${signed(change_t)})`}`,
    ),
    ...(money === undefined ? [] : [sumLine(yuan[language], change(money.change_CNY))]),
  ].join('\n');
}

interface Sum {
  readonly change_t: string;
  readonly unknown: number;
}

const unknownToAll: Title = { en: 'not known', zh: '未知' };

/** @param asked parties of which any figure would change: the nought of the others makes nothing known */
function sumText({ change_t, unknown }: Sum, asked: number, language: Language): string {
  if (unknown === 0) return signed(change_t);
  if (unknown >= asked) return unknownToAll[language];
  const of: Title = { en: `, and of ${String(unknown)} not known`, zh: `，另有 ${String(unknown)} 个主体未知` };
  return `${signed(change_t)}${of[language]}`;
}

function wholeText(whole: WholeImpact, asked: number, language: Language): string {
  const { money } = whole;
  const counts = countsOf(whole)[language];
  const head: Title = {
    en: `If ${whole.key} were withdrawn: ${counts} of ${String(whole.parties)} parties`,
    zh: `假如 ${whole.key} 被撤回：影响 ${String(whole.parties)} 个主体的 ${counts}`,
  };
  const price: Title = { en: `at ${money?.price ?? ''}`, zh: `每吨 ${money?.price ?? ''} 元` };
  return [
    head[language],
    ...tonnesNames.map((name) => sumLine(tonnesTitle(name, language), sumText(whole.tonnes[name], asked, language))),
    ...(money === undefined ? [] : [moneyLine(money, price, asked, language)]),
  ].join('\n');
}

function moneyLine(
  { change_CNY, unknown }: NonNullable<WholeImpact['money']>,
  price: Title,
  asked: number,
  language: Language,
): string {
  return sumLine(yuan[language], `${sumText({ change_t: change_CNY, unknown }, asked, language)} (${price[language]})`);
}

/** Each party as it is found, what all come to at the end; one document of all with `--json`. @returns of how many records the figures are closed */
export async function tellImpactByParty(
  { output, language }: Context,
  service: Service,
  id: string,
  price: string | undefined,
): Promise<number> {
  let hidden = 0;
  let asked = 0;
  const rows: PartyImpact[] = [];
  for await (const row of service.impactByParty(id, price === undefined ? {} : { price })) {
    if ('whole' in row) {
      hidden = row.whole.hidden ?? 0;
      output.result({ rows, whole: row.whole }, () => wholeText(row.whole, asked, language));
      continue;
    }
    asked += Number(row.figures > 0);
    if (output.json) rows.push(row);
    else output.data(`${rowText(row, language)}\n`);
  }
  return hidden;
}
