import { entry } from './entry';

/** What is looked for. */
export const lookupErrors = {
  NOT_FOUND: entry(404, 1, 'Not found.', '未找到。', 'Check the address.'),
  FIGURE_NOT_FOUND: entry(
    404,
    1,
    'No such figure is anchored, or it is not open to you.',
    '未找到该数据项，或您无权查看。',
    'Check the address, and whom you act as (--as).',
  ),
  FIGURES_AWAITED: entry(
    503,
    3,
    'The private figures have not reached this organisation yet.',
    '私有数据尚未到达本组织。',
    'Ask again later: its peer fetches them from other members by itself.',
  ),
  FIGURES_ELSEWHERE: entry(
    404,
    1,
    'The private figures are not kept by this organisation.',
    '本组织不保存该私有数据。',
    'Ask at the gateway of an organisation that is a member of the collection.',
  ),
  FIGURES_PURGED: entry(
    410,
    1,
    'The private figures were purged when their retention ended.',
    '私有数据已在保存期满后清除。',
    'Records, hashes, roots and receipts stay; ask whoever kept the figures themselves.',
  ),
  METHOD_NOT_ALLOWED: entry(
    405,
    2,
    'This route does not take that method.',
    '该路由不支持此方法。',
    'See /openapi.json.',
  ),
  NOT_ACCEPTABLE: entry(
    406,
    2,
    'This answer is not given in any media type that is accepted.',
    '无法以所接受的媒体类型作答。',
    'Ask for application/json, or for one that /openapi.json names for the route.',
  ),
  IDEMPOTENCY_IN_PROGRESS: entry(
    409,
    3,
    'Another request with this idempotency key is under way.',
    '使用同一幂等键的另一请求仍在处理中。',
    'Wait for its answer, or use a new Idempotency-Key for a new request.',
  ),
  IDEMPOTENCY_CONFLICT: entry(
    422,
    1,
    'The idempotency key was used with another body.',
    '幂等键已用于另一请求体。',
    'Use a new Idempotency-Key for a new request.',
  ),
  RATE_LIMITED: entry(429, 3, 'Too many requests.', '请求过多。', 'Wait as long as Retry-After says.'),
} as const;
