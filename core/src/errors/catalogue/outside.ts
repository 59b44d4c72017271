import { entry } from './entry';

/** Services that are not ours: witnesses, time-stamping authorities, chains. */
export const outsideErrors = {
  OUTSIDE_UNREACHABLE: entry(
    502,
    3,
    'A witness, time-stamping authority or chain does not answer.',
    '外部见证方、时间戳机构或链没有应答。',
    'It is asked again on the next round; check its address and the network.',
    '下一轮会再次询问；请检查其地址和网络。',
  ),
  OUTSIDE_REFUSED: entry(
    502,
    3,
    'A witness, time-stamping authority or chain refused, or gave an answer that does not hold.',
    '外部见证方、时间戳机构或链拒绝请求，或其应答无效。',
    'Read what it answered; check that it knows the key of this log.',
    '阅读其答复；核对其是否知晓本日志的密钥。',
  ),
  TIMESTAMP_MISMATCH: entry(
    422,
    1,
    'The timestamp token is over other bytes.',
    '时间戳令牌针对的是其他内容。',
    'Ask for the receipt again; keep this one if it stays so.',
    '重新索取回执；若仍如此，请保留现有的一份。',
  ),
  TIMESTAMP_UNTRUSTED: entry(
    422,
    1,
    'The timestamp token is not by an authority that the policy trusts.',
    '时间戳令牌不是由策略信任的机构签发。',
    'Check the trusted timestamp authorities of the policy.',
    '核对策略所信任的时间戳机构。',
  ),
  TIMESTAMP_EXPIRED: entry(
    422,
    1,
    'A certificate behind the timestamp token was not valid at the time it states.',
    '时间戳令牌所依据的证书在其所载时间无效。',
    'Get a token from an authority with a valid certificate.',
    '向证书有效的机构取得时间戳。',
  ),
} as const;
