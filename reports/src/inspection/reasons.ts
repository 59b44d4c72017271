import type { Language } from '@carbon-ledger/core';

/** What a comparison of a folder says of a file, as it is written there, and its Chinese; what stands in neither list stays as it is. */
const sentences: readonly (readonly [said: RegExp, zh: string])[] = [
  [/^an archive that is no zip: what is inside was not looked at$/, '非 zip 压缩包，未查看其中内容'],
  [/^an archive in an archive in an archive: .*$/, '压缩包嵌套过深，未查看其中内容'],
  [/^archives inside archives take more than 2 GB: .*$/, '嵌套压缩包超过 2 GB，未查看其中内容'],
  [/^the archive cannot be read: (.*)$/, '压缩包无法读取：$1'],
  [/^it is encrypted: it was not looked at$/, '文件已加密，未查看'],
  [/^it is larger than 256 MB: it was not looked at$/, '文件大于 256 MB，未查看'],
  [/^it unpacks to more than two hundred times its size: .*$/, '解压后超过原大小二百倍，未查看'],
  [/^more than (\d+) files: the rest was not looked at$/, '文件超过 $1 个，其余未查看'],
  [/^a link, which is not followed: it was not looked at$/, '链接，未跟随查看'],
  [/^a file of this kind is compared whole$/, '此类文件仅作整体比对'],
  [/^it is larger than 64 MB: it is compared whole$/, '文件大于 64 MB，仅作整体比对'],
  [/^it cannot be read as a table$/, '无法按表格读取'],
  [/^only the whole file can be compared: .*$/, '仅能整体比对：需提供单元格开封文件或企业自存副本'],
  [/^it cannot be read as a PDF: (.*)$/, '无法按 PDF 读取：$1'],
  [/^(\d+) bytes were anchored, (\d+) are here$/, '存证时 $1 字节，现为 $2 字节'],
  [/^(\d+) pages in both$/, '页数相同（$1 页）'],
  [/^(\d+) pages were anchored, (\d+) are here$/, '存证时 $1 页，现为 $2 页'],
  [/^(\d+) pages here$/, '现为 $1 页'],
  [/^the text is the same$/, '文字相同'],
  [/^no text could be read in either$/, '两份文件均未读出文字'],
  [/^text from letter (\d+) on: (.*) became (.*)$/, '自第 $1 个字起：$2 变为 $3'],
];

export function reasonIn(said: string, language: Language): string {
  const found = language === 'zh' ? sentences.find(([pattern]) => pattern.test(said)) : undefined;
  return found === undefined ? said : said.replace(found[0], found[1]);
}
