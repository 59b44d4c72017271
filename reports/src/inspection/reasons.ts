import type { Language } from '@carbon-ledger/core';

/** What a comparison of a folder says of a file, as it is written there, and its Chinese; what stands in neither list stays as it is. */
const sentences: readonly (readonly [said: RegExp, zh: string])[] = [
  [
    /^an archive \(([^)]*)\) that is not opened: unpack it and check the folder$/,
    '$1 压缩包，未打开；请解压后查看文件夹',
  ],
  [/^the archive is empty: there is nothing to look at$/, '压缩包为空'],
  [/^an archive in an archive in an archive: .*$/, '压缩包嵌套过深，未查看其中内容'],
  [/^archives inside archives take more than 2 GB: .*$/, '嵌套压缩包超过 2 GB，未查看其中内容'],
  [/^the archive cannot be read: (.*)$/, '压缩包无法读取：$1'],
  [/^it is encrypted: it was not looked at$/, '文件已加密，未查看'],
  [/^it is packed by a method that is not unpacked here \(([^)]*)\): .*$/, '采用 $1 压缩，无法解压，未查看'],
  [/^a device or pipe, not a file: it was not looked at$/, '设备或管道，非文件，未查看'],
  [/^it is damaged: (.*)$/, '文件损坏：$1'],
  [/^its name has more than 4,096 bytes: it was not looked at$/, '文件名超过 4096 字节，未查看'],
  [/^it shares its bytes with another file of the archive: .*$/, '与压缩包内另一文件共用数据，未查看'],
  [/^the archive unpacks to more than a hundred times its size: .*$/, '压缩包解压后超过原大小一百倍，未查看'],
  [/^(\d+) bytes of the archive belong to no file that it lists$/, '压缩包内有 $1 字节不属于所列任何文件'],
  [/^a second name stands in front of it: (.*)$/, '压缩包内另有一个文件名：$1'],
  [/^its name leads out of the archive$/, '文件名指向压缩包之外'],
  [/^the archive has several files of this name$/, '压缩包内有多个同名文件'],
  [/^it was changed while it was looked at$/, '查看过程中文件被更改'],
  [/^it is larger than 256 MB: it was not looked at$/, '文件大于 256 MB，未查看'],
  [/^it unpacks to more than two hundred times its size: .*$/, '解压后超过原大小二百倍，未查看'],
  [/^more than (\d+) files: the rest was not looked at$/, '文件超过 $1 个，其余未查看'],
  [/^a link, which is not followed: it was not looked at$/, '链接，未跟随查看'],
  [/^a file of this kind is compared whole$/, '此类文件仅作整体比对'],
  [/^it is larger than 64 MB: it is compared whole$/, '文件大于 64 MB，仅作整体比对'],
  [/^it cannot be read as a table: (.*)$/, '无法按表格读取：$1'],
  [/^the own copy cannot be read as a table: (.*)$/, '自存副本无法按表格读取：$1'],
  [/^only the whole file can be compared: .*$/, '仅能整体比对：需提供单元格开封文件或企业自存副本'],
  [/^it cannot be read as a PDF: (.*)$/, '无法按 PDF 读取：$1'],
  [/^(\d+) bytes were anchored, (\d+) are here$/, '存证时 $1 字节，现为 $2 字节'],
  [/^(\d+) pages in both$/, '页数相同（$1 页）'],
  [/^(\d+) pages were anchored, (\d+) are here$/, '存证时 $1 页，现为 $2 页'],
  [/^(\d+) pages here$/, '现为 $1 页'],
  [/^it waits for its next version(?: by (\S+) of (\S+) at (\S+Z))?(.*)$/, '记录待重新提交 $1 $2 $3$4'],
  [/^it was replaced(?: by (\S+) of (\S+) at (\S+Z))?(.*)$/, '记录已被替代 $1 $2 $3$4'],
  [/^it was withdrawn(?: by (\S+) of (\S+) at (\S+Z))?(.*)$/, '记录已撤回 $1 $2 $3$4'],
  [/^an authority questions it$/, '主管部门对记录提出疑问'],
  [/^the finding (\S+) is not closed$/, '检查问题未销号（$1）'],
  [/^it rests on (\S+), which does not stand$/, '记录的依据已失效（$1）'],
  [/^it was signed with a key that was in other hands$/, '记录的签名密钥已泄露'],
  [/^the text is the same$/, '文字相同'],
  [/^no text could be read in either$/, '两份文件均未读出文字'],
  [/^text from letter (\d+) on: (.*) became (.*)$/, '自第 $1 个字起：$2 变为 $3'],
];

function inChinese(said: string): string {
  const [pattern, zh] = sentences.find(([known]) => known.test(said)) ?? [/$^/, ''];
  return said.replace(pattern, zh);
}

/** Several reasons stand one after the other. */
export function reasonIn(said: string, language: Language): string {
  return language === 'zh' ? said.split('; ').map(inChinese).join('；') : said;
}
