import { type Argument, type Command, Help, type HelpConfiguration, type Option } from 'commander';
import { filingWords } from './filing';
import { keepingWords } from './keeping';
import { listingWords } from './listing';
import { proofsWords } from './proofs';
import { recordsWords } from './records';

/** What the library itself says in a help page, and the page of the whole tool. */
const ownWords: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '全局选项：',
  'Commands:': '命令：',
  'Example:': '示例：',
  'output the version number': '显示版本号',
  'display help for command': '显示命令的帮助',
  'the service (or CARBON_LEDGER_URL; default http://127.0.0.1:8080)':
    '服务地址（或 CARBON_LEDGER_URL；默认 http://127.0.0.1:8080）',
  'the party to act as': '以哪一主体的身份办理',
  'where keys are kept (or CARBON_LEDGER_KEYSTORE; default ~/.carbon-ledger/keys)':
    '密钥保存位置（或 CARBON_LEDGER_KEYSTORE；默认 ~/.carbon-ledger/keys）',
  'signs for the party of --as in place of the keystore (or CARBON_LEDGER_SIGNER)':
    '代替密钥库为 --as 主体签名的命令（或 CARBON_LEDGER_SIGNER）',
  'answer in JSON': '以 JSON 答复',
  [`The command line of the Carbon Audit Ledger (碳审计账本).

Exit codes: 0 yes or done · 1 no or refused · 2 called wrongly · 3 cannot tell or unreachable · 130 stopped by Ctrl-C.
Data goes to stdout, everything else to stderr.`]: `碳审计账本命令行（Carbon Audit Ledger）。

退出码：0 是或已办 · 1 否或被拒绝 · 2 用法有误 · 3 无法判定或无法连接 · 130 被 Ctrl-C 停止。
数据写入 stdout，其他写入 stderr。`,
};

const words: Readonly<Record<string, string>> = {
  ...ownWords,
  ...listingWords,
  ...filingWords,
  ...recordsWords,
  ...proofsWords,
  ...keepingWords,
};

/** A text of a help page in Chinese; undefined where nobody has said it yet. A list of names behind a colon stays as it is. */
export function helpWords(text: string): string | undefined {
  const whole = words[text];
  if (whole !== undefined || text === '') return whole ?? text;
  const [head = '', ...names] = text.split(': ');
  return words[`${head}: {}`]?.replace('{}', names.join(': '));
}

const said = (text: string): string => helpWords(text) ?? text;

const usage = (text: string): string => text.replace('[options]', '[选项]').replace('[command]', '[命令]');

/** `(choices: "a", "b", default: 1)` behind an option, as the library writes it. */
function withExtras(text: string, description: string): string {
  const extras = text.slice(description.length).replace('(choices: ', '（可选：').replace('default: ', '默认：');
  const closed = extras.includes('（')
    ? extras.replace(/\)$/, '）')
    : extras.replace('(默认', '（默认').replace(/\)$/, '）');
  return said(description) + closed.trimStart();
}

/** Columns that a text takes on a terminal: characters of Chinese take two. */
function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, one) => sum + (/[\u2e80-\uffef]/u.test(one) ? 2 : 1), 0);
}

/** What may not stand at the beginning of a line. */
const closing = /^[，。；：、）！？”]$/u;

/** Breaks lines where Chinese may be broken: anywhere but within a word of letters and before what closes. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const [piece] of paragraph.matchAll(/[\u0021-\u2e7f]+|\s+|./gu)) {
      const isOver = line !== '' && columnsOf(line + piece) > width && !closing.test(piece);
      if (isOver) lines.push(line.trimEnd());
      line = isOver ? piece.trimStart() : line + piece;
    }
    lines.push(line.trimEnd());
  }
  return lines.join('\n');
}

/** How help is written on a Chinese terminal. Names of commands, options and types of record stay what has to be typed. */
export function helpInChinese(usual: HelpConfiguration): HelpConfiguration {
  const plain = new Help();
  return {
    ...usual,
    styleTitle: said,
    styleUsage: usage,
    styleSubcommandTerm: usage,
    commandDescription: (command: Command) => said(plain.commandDescription(command)),
    subcommandDescription: (command: Command) => said(plain.subcommandDescription(command)),
    optionDescription: (option: Option) => withExtras(plain.optionDescription(option), option.description),
    argumentDescription: (argument: Argument) => withExtras(plain.argumentDescription(argument), argument.description),
    boxWrap: wrapped,
    displayWidth: columnsOf,
  };
}
