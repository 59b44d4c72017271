import type { RouteSpec } from '@carbon-ledger/client-sdk';

interface Words {
  readonly en: string;
  readonly zh: string;
}

const both = ({ en, zh }: Words): string => `${en} ${zh}`;

/** What the routes of each tag are about. */
const TAGS: Readonly<Record<string, Words>> = {
  sessions: { en: 'Sign in with the key of a party.', zh: '以主体密钥登录。' },
  submissions: { en: 'Anchor signed records, and ask what became of them.', zh: '提交已签名记录并查询结果。' },
  records: { en: 'Records, parties and current versions.', zh: '记录、主体与当前版本。' },
  agenda: { en: 'What is to be done next, and drafts of it.', zh: '待办事项、可办步骤与草稿。' },
  proofs: { en: 'Receipts, certificates, traces and verification.', zh: '回执、存证证明、溯源与核验。' },
  disclosure: { en: 'What is public about emitters, institutions and rules.', zh: '排放单位、机构与规则的公开信息。' },
  screening: { en: 'The rules of screening over what is anchored.', zh: '对已存证数据的筛查。' },
  log: { en: 'The transparency log, its policy, and events.', zh: '透明日志、核验策略与事件流。' },
  webhooks: { en: 'Records told to an address of a party.', zh: '向主体地址推送记录。' },
  reads: { en: 'Who looked at private figures.', zh: '非公开数据的查阅记录。' },
  retention: { en: 'Private figures whose time of keeping is over.', zh: '保存期满的非公开数据。' },
  operate: { en: 'How the service is, for who operates it.', zh: '服务状态，供运维使用。' },
};

export const tagsWithWords = Object.entries(TAGS).map(([name, words]) => ({ name, description: both(words) }));

const ACCESS: Readonly<Record<RouteSpec['access'], Words>> = {
  anyone: { en: 'Open to anybody.', zh: '无需登录。' },
  optional: { en: 'Open to anybody; a party that signed in is shown more.', zh: '无需登录；登录后可见更多内容。' },
  party: { en: 'For a party that signed in.', zh: '须登录。' },
};

const CACHING: Readonly<Record<RouteSpec['caching'], Words | undefined>> = {
  immutable: { en: 'The answer never changes.', zh: '应答内容不再变化，可长期缓存。' },
  revalidate: { en: 'Ask again with If-None-Match.', zh: '再次请求时使用 If-None-Match。' },
  none: undefined,
};

/** Who may call a route, and how its answer is kept; what it does stands in its summary. */
export function describedRoute({ access, caching, method, mediaType }: RouteSpec): string {
  const stream = { en: 'A stream without end: go on with Last-Event-ID.', zh: '持续事件流：以 Last-Event-ID 续传。' };
  const parts = [
    ACCESS[access],
    method === 'GET' ? CACHING[caching] : undefined,
    mediaType === 'text/event-stream' ? stream : undefined,
  ];
  return parts
    .filter((words) => words !== undefined)
    .map(both)
    .join(' ');
}
