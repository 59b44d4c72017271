import { entry } from './entry';

/** Who speaks. */
export const authorityErrors = {
  UNAUTHENTICATED: entry(
    401,
    1,
    'Sign in first.',
    '请先登录。',
    'POST /v1/sessions with a challenge signed by your party key.',
  ),
  FORBIDDEN: entry(403, 1, 'This party may not do that.', '该主体无权执行此操作。', 'Ask the party that may.'),
  SIGNATURE_INVALID: entry(
    422,
    1,
    'The signature does not match the submission.',
    '签名与提交内容不符。',
    'Sign the submission with a key registered for its party, on this ledger.',
  ),
  KEY_UNKNOWN: entry(
    422,
    1,
    'The signing key is not registered for this party.',
    '签名密钥未登记于该主体。',
    'Register the key with the authority that registered the party.',
  ),
  KEY_NOT_VALID: entry(
    422,
    1,
    'The signing key was not valid at that time.',
    '签名密钥当时无效。',
    'Sign with a key inside its validity window.',
  ),
  PARTY_UNKNOWN: entry(
    422,
    1,
    'The party is not registered on this ledger.',
    '账本上没有该主体。',
    'Have an authority register the party first.',
  ),
  PARTY_SUSPENDED: entry(
    422,
    1,
    'The party is suspended.',
    '该主体已被暂停。',
    'Ask the authority that registered it.',
  ),
  WRONG_MSP: entry(
    422,
    1,
    'This organisation may not submit for that party.',
    '该组织不得代该主体提交。',
    'Submit through a gateway of an organisation named in the party record.',
  ),
  COSIGNER_KEY_OTHER: entry(
    409,
    1,
    'Another key is registered to cosign for this organisation.',
    '该组织已登记另一见证密钥。',
    'Use the folder that holds the registered key, or replace it on purpose: serve --replace-cosigner-key.',
  ),
  WRONG_LEDGER: entry(
    422,
    1,
    'The submission was signed for another ledger.',
    '该提交是为另一账本签署的。',
    'Sign it with this ledger id as EIP-712 salt.',
  ),
  SIGNED_TIME_OUT_OF_RANGE: entry(
    422,
    1,
    'The signing time is too far from the transaction time.',
    '签署时间与交易时间相差过大。',
    'Check the clock of the signing machine and sign again.',
  ),
  NOT_ALLOWED_TO_FILE: entry(
    422,
    1,
    'This kind of party may not file this type of record here.',
    '该类主体不得提交此类记录。',
    'See the record type for who may file it.',
  ),
} as const;
