import {
  checkSectorYear,
  lastEnded,
  type Consequence,
  parseSectorYear,
  type SectorDifference,
  type SectorYearCheck,
} from '@carbon-ledger/plant-year';
import type { Context } from '../context';
import { formatEnded } from '../verification/standing';
import { exitOfCheck, formatDoubted } from '../verification/why-in-doubt';
import { ledgerMarket } from '../importing/market';
import { sectorYearFile } from '../importing/year-file';
import { plainText } from '../output/style';
import { formatShared, sharedReports } from '../verification/also-in';

function formatDifference(context: Context, one: SectorDifference): string {
  const { style } = context.output;
  const title = style.bold(plainText(`${one.record}#${one.figure}`));
  if (one.ended !== undefined)
    return `${title}\n${formatEnded(context, one.record, one.found ?? 'nothing', one.ended)}`;
  return [
    title,
    `  anchored ${style.good(plainText(one.anchored ?? 'nothing'))}, found ${style.bad(plainText(one.found ?? 'nothing'))}${one.pointer === null ? '' : `  (${one.pointer})`}`,
  ].join('\n');
}

function formatConsequence({ record, figure, unit, anchored, found, delta }: Consequence): string {
  return plainText(
    `  ${record}#${figure}: ${anchored} → ${found} ${unit} (${delta.startsWith('-') ? '' : '+'}${delta})`,
  );
}

function formatCheck(context: Context, check: SectorYearCheck): string {
  const { style } = context.output;
  const { status, differences, consequences, hidden, doubted } = check;
  if (status === 'same') return style.good('same 一致: the file says what the ledger says');
  const unseen = `the figures of ${String(hidden.length)} records are not open to you`;
  if (status === 'questioned')
    return [
      style.bad('same, and in doubt 一致但记录存疑: nothing differs that can be seen'),
      ...formatDoubted(doubted),
    ].join('\n');
  if (status === 'undecidable')
    return style.warn(`undecidable 无法判定: nothing differs that can be seen, but ${unseen}`);
  return [
    style.bad(
      `differs 不一致: ${String(differences.length)} ${differences.length === 1 ? 'difference' : 'differences'}`,
    ),
    ...differences.map((one) => formatDifference(context, one)),
    ...(consequences.length > 0 ? ['what follows from them:', ...consequences.map(formatConsequence)] : []),
    ...formatDoubted(doubted),
    ...(hidden.length > 0 ? [unseen] : []),
  ].join('\n');
}

/** Holds a sector-year file to the ledger. @throws LedgerError BAD_FILE, NOT_FOUND where nothing of it is anchored */
export async function checkSector(context: Context, value: unknown): Promise<number> {
  const file = parseSectorYear(value);
  const { enterprise, market } = sectorYearFile(file);
  const service = await context.service({ reader: enterprise });
  const own = await service.currentRecords({ party: enterprise });
  const ended = lastEnded(await service.endedRecords({ party: enterprise }), own);
  const check = checkSectorYear(file, await ledgerMarket(service, market), own, ended);
  const shared = await sharedReports(own, (items) => service.verify(items));
  context.output.result({ ...check, shared }, () =>
    [formatCheck(context, check), ...shared.flatMap(formatShared)].join('\n'),
  );
  return exitOfCheck[check.status];
}
