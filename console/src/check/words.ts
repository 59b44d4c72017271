import type { Words } from '../language/language';

export const words = {
  title: { zh: '核验', en: 'Check' },
  product: { zh: '碳审计账本', en: 'Carbon Audit Ledger' },
  other: { zh: 'English', en: '中文' },
  lead: {
    zh: '拖入文件、文件夹、存证证书、回执或数据证明，立即得到答复。文件不会离开本机：只在本机计算摘要，再凭摘要查询账本；回执与证明在本机核验。',
    en: 'Drop a file, a folder, a certificate, a receipt or a figure proof, and have the answer at once. Files never leave this computer: they are hashed here, and the ledger is asked by digest; receipts and proofs are verified here.',
  },
  drop: { zh: '拖到这里', en: 'Drop here' },
  chooseFiles: { zh: '选择文件', en: 'Choose files' },
  chooseFolder: { zh: '选择文件夹', en: 'Choose a folder' },
  sendNames: {
    zh: '同时发送文件名（只有凭文件名才能区分“不一致”与“未找到”）',
    en: 'Send file names too (only with a name can "inconsistent" be told from "not found")',
  },
  clear: { zh: '清除结果', en: 'Clear results' },
  policyOfService: {
    zh: '回执按本服务此刻给出的核验策略核验。独立核验请拖入您自己保存的 policy.json。',
    en: 'Receipts are checked by the policy that this service states now. To check without trusting it, drop the policy.json that you kept.',
  },
  policyOfYours: { zh: '回执按您给出的核验策略核验：', en: 'Receipts are checked by the policy that you gave: ' },
  working: { zh: '正在核验', en: 'Checking' },
  tooMany: {
    zh: '文件过多：一次最多 10,000 个。请用命令行 carbon-ledger verify 核验整个文件夹。',
    en: 'Too many files: 10,000 at a time is the most. Use carbon-ledger verify on the whole folder.',
  },
  nothing: { zh: '没有文件。', en: 'No files.' },
  results: { zh: '结果', en: 'Results' },
  verdict: { zh: '结论', en: 'Verdict' },
  file: { zh: '文件', en: 'File' },
  compared: { zh: '比对内容', en: 'What was compared' },
  anchored: { zh: '锚定', en: 'Anchored' },
  more: { zh: '另有一致的文件未列出：', en: 'More consistent files, not listed: ' },
  unreachable: {
    zh: '账本没有答复；摘要已在本机算出。',
    en: 'The ledger did not answer; the digests were computed here.',
  },
  unreadable: { zh: '文件无法读取：', en: 'The file cannot be read: ' },
  noReceipt: {
    zh: '这份证书中没有可读的回执。请使用签发时的原件（打印、扫描或另存的副本已失去回执）：',
    en: 'This certificate holds no receipt that can be read. Take it as it was issued (what was printed, scanned or saved anew has lost it): ',
  },
  pages: {
    zh: '此处核验的是证书所附的回执。版面文字未作比对：与下列内容不同之处，以此处为准（carbon-ledger verify-receipt 可逐字节比对版面）。',
    en: 'What was checked is the receipt inside the certificate. Its pages were not compared: where they say otherwise, this counts (carbon-ledger verify-receipt compares the pages byte by byte).',
  },
  noPolicy: {
    zh: '没有核验策略：服务没有答复。请拖入您保存的 policy.json。',
    en: 'There is no policy to check with: the service did not answer. Drop the policy.json that you kept.',
  },
  badPolicy: { zh: '核验策略无法使用：', en: 'The policy cannot be used: ' },
  receipt: { zh: '回执', en: 'Receipt' },
  figureProof: { zh: '数据证明', en: 'Figure proof' },
  record: { zh: '记录', en: 'Record' },
  signedBy: { zh: '签署方', en: 'Signed by' },
  figure: { zh: '数据项', en: 'Figure' },
  statusUnknown: {
    zh: '未能查询该记录目前是否有效。',
    en: 'Whether the record still stands could not be asked.',
  },
  proves: { zh: '证明了什么', en: 'What this proves' },
  doesNotProve: { zh: '不证明什么', en: 'What this does not prove' },
  truth: {
    zh: '“一致”只说明文件自锚定之时起未被改动，不说明其内容真实，也不说明锚定之前未被改动。',
    en: '"Consistent" says that a file has not changed since it was anchored. It does not say that its content is true, or was unaltered before.',
  },
  without: { zh: '不依靠我们怎样核验', en: 'How to check without us' },
  withoutPage: {
    zh: '把核验页保存到本机，断网使用：它不能联网。',
    en: 'Save the verifier page and use it with the network off: it cannot reach any.',
  },
  withoutPolicy: {
    zh: '一次性取得核验策略并长期保存；最好另由可信途径取得。',
    en: 'Get the policy once and keep it; best from another source that you trust.',
  },
  withoutFormats: {
    zh: '格式公开（docs/formats），另有一份独立的 Python 核验程序（test/independent-verifier）。',
    en: 'The formats are published (docs/formats), and there is an independent verifier in Python (test/independent-verifier).',
  },
  savePage: { zh: '保存核验页', en: 'Save the verifier page' },
  savePolicy: { zh: '保存核验策略', en: 'Save the policy' },
  trial: {
    zh: '试用账本：密钥公开，数据虚构，不证明任何事情。',
    en: 'Trial ledger: its keys are public, its data fictitious; nothing here proves anything.',
  },
  skip: { zh: '跳到主要内容', en: 'Skip to content' },
  home: { zh: '首页', en: 'Home' },
} as const satisfies Record<string, Words>;
