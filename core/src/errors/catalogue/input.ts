import { entry } from './entry';

/** What was sent cannot be read. */
export const inputErrors = {
  BAD_REQUEST: entry(
    400,
    2,
    'The request is not well formed.',
    '请求格式不正确。',
    'Correct the fields that are listed.',
  ),
  BAD_JSON: entry(
    400,
    2,
    'The text is not strict JSON.',
    '文本不是严格的 JSON。',
    'Correct the place that is named: UTF-8 JSON, no key twice, nothing behind the value.',
  ),
  NOT_CANONICAL: entry(
    400,
    2,
    'The bytes are not canonical JSON (RFC 8785).',
    '字节不是规范 JSON（RFC 8785）。',
    'Encode the value with canonicalize().',
  ),
  BAD_ENCODING: entry(
    400,
    2,
    'The text is not strictly encoded hex, base64 or UTF-8.',
    '十六进制、base64 或 UTF-8 编码不正确。',
    'Encode it strictly: lower-case hex, padded base64, valid UTF-8. A file in GBK or GB18030: save it as UTF-8, or say --encoding gb18030.',
  ),
  TOO_LARGE: entry(
    413,
    2,
    'The body is larger than the limit.',
    '内容超过大小上限。',
    'Send fewer records at a time; files are hashed where they lie and never sent.',
  ),
  BAD_DECIMAL: entry(
    400,
    2,
    'The text is not a decimal number.',
    '不是十进制数字字符串。',
    'Write digits with an optional sign and point, for example "115272.04".',
  ),
  BAD_FORMULA: entry(
    400,
    2,
    'The formula does not follow the closed grammar.',
    '公式不符合封闭文法。',
    'Use numbers, names, + - * /, sum, wavg, round, floor, min, max, pow.',
  ),
  BAD_FIGURE_ADDRESS: entry(
    400,
    2,
    'The figure address is not well formed.',
    '数据项地址格式不正确。',
    'Write USCC/UNIT/PERIOD/KIND#figure.',
  ),
  BAD_USCC: entry(
    400,
    2,
    'The unified social credit code is not valid (GB 32100).',
    '统一社会信用代码无效（GB 32100）。',
    'Check the 18 characters; the last one is a check digit.',
  ),
  BAD_RECORD: entry(
    400,
    1,
    'The record does not have the fields of its type.',
    '记录字段不符合其类型。',
    'Correct the fields that are listed.',
  ),
  BAD_SUBMISSION: entry(
    400,
    1,
    'The submission is not well formed.',
    '提交格式不正确。',
    'Rebuild the submission from its records and sign it again.',
  ),
  UNSUPPORTED_VERSION: entry(
    400,
    1,
    'This format version is not known here.',
    '不支持的格式版本。',
    'Update this program, or ask for the format version that it knows.',
  ),
} as const;
