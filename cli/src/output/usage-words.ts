/* What commander says of a command line that does not fit, in Chinese. Its sentences are its own: they are found by their form. */

type Said = readonly [pattern: RegExp, zh: (...parts: string[]) => string];

const forms: readonly Said[] = [
  [/^unknown option '(.+)'$/, (name = '') => `没有选项 ${name}`],
  [/^unknown command '(.+)'$/, (name = '') => `没有命令 ${name}`],
  [/^missing required argument '(.+)'$/, (name = '') => `缺少参数 ${name}`],
  [/^option '(.+)' argument missing$/, (name = '') => `选项 ${name} 缺少取值`],
  [/^required option '(.+)' not specified$/, (name = '') => `必须给出选项 ${name}`],
  [
    /^option '(.+)' argument '(.*)' is invalid\. Allowed choices are (.+)\.$/,
    (name = '', value = '', choices = '') => `选项 ${name} 不能取 ${value}，只能是：${choices.replaceAll(', ', '、')}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+)'\. Allowed choices are (.+)\.$/,
    (value = '', name = '', choices = '') => `参数 ${name} 不能取 ${value}，只能是：${choices.replaceAll(', ', '、')}`,
  ],
  [
    /^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)(?:: .+)?\.$/,
    (name = '', wanted = '', got = '') => `${name} 参数过多：应为 ${wanted} 个，实为 ${got} 个`.trimStart(),
  ],
];

/** Undefined for what commander does not say. */
export function usageInChinese(message: string): string | undefined {
  const [, said = message, guess] = /^(.+?)(?: \(Did you mean (?:one of )?(.+)\?\))?$/s.exec(message) ?? [];
  for (const [pattern, zh] of forms) {
    const [found, ...parts] = pattern.exec(said) ?? [];
    if (found !== undefined) return `${zh(...parts)}${guess === undefined ? '' : `（是否指 ${guess}？）`}`;
  }
  return undefined;
}
