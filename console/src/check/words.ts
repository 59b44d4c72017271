import type { Words } from '../language/language';

const say = (zh: string, en: string): Words => ({ zh, en });

export const words = {
  title: say('核验', 'Check'),
  product: say('碳审计账本', 'Carbon Audit Ledger'),
  other: say('English', '中文'),
  lead: say(
    '拖入文件、文件夹、存证证书、回执或数据证明，立即得到答复。文件不会离开本机：只在本机计算摘要，再凭摘要查询账本；回执与证明在本机核验。',
    'Drop a file, a folder, a certificate, a receipt or a figure proof, and have the answer at once. Files never leave this computer: they are hashed here, and the ledger is asked by digest; receipts and proofs are verified here.',
  ),
  drop: say('拖到这里', 'Drop here'),
  chooseFiles: say('选择文件', 'Choose files'),
  chooseFolder: say('选择文件夹', 'Choose a folder'),
  sendNames: say(
    '同时发送文件名（只有凭文件名才能区分“不一致”与“未找到”）',
    'Send file names too (only with a name can "inconsistent" be told from "not found")',
  ),
  clear: say('清除结果', 'Clear results'),
  policyOfService: say(
    '回执按本服务此刻给出的核验策略核验。独立核验请拖入您自己保存的 policy.json。',
    'Receipts are checked by the policy that this service states now. To check without trusting it, drop the policy.json that you kept.',
  ),
  policyOfYours: say('回执按您给出的核验策略核验：', 'Receipts are checked by the policy that you gave: '),
  walking: say('正在读取文件夹，已找到文件', 'Reading the folder; files found:'),
  recognising: say('正在识别文件种类', 'Looking at what each file is:'),
  checking: say('正在核验', 'Checking'),
  most: say(
    '一次最多 20,000 个文件；更多请用命令行 carbon-ledger verify。',
    'At most 20,000 files at a time; for more, use carbon-ledger verify.',
  ),
  stop: say('停止', 'Stop'),
  stopped: say('已停止，已核验', 'Stopped; checked'),
  tooMany: say(
    '文件过多：一次最多 20,000 个。请按子文件夹分次拖入，或用命令行 carbon-ledger verify 核验整个文件夹。',
    'Too many files: 20,000 at a time is the most. Drop one folder after another, or use carbon-ledger verify on the whole folder.',
  ),
  nothing: say('没有文件。', 'No files.'),
  results: say('结果', 'Results'),
  verdict: say('结论', 'Verdict'),
  file: say('文件', 'File'),
  compared: say('比对内容', 'What was compared'),
  anchored: say('锚定', 'Anchored'),
  more: say('另有一致的文件未列出：', 'More consistent files, not listed: '),
  unreachable: say('账本没有答复；摘要已在本机算出。', 'The ledger did not answer; the digests were computed here.'),
  unreadable: say('文件无法读取：', 'The file cannot be read: '),
  noReceipt: say(
    '这份证书中没有可读的回执。请使用签发时的原件（打印、扫描或另存的副本已失去回执）：',
    'This certificate holds no receipt that can be read. Take it as it was issued (what was printed, scanned or saved anew has lost it): ',
  ),
  pages: say(
    '此处核验的是证书所附的回执。版面文字未作比对：与下列内容不同之处，以此处为准（carbon-ledger verify-receipt 可逐字节比对版面）。',
    'What was checked is the receipt inside the certificate. Its pages were not compared: where they say otherwise, this counts (carbon-ledger verify-receipt compares the pages byte by byte).',
  ),
  noPolicy: say(
    '没有核验策略：服务没有答复。请拖入您保存的 policy.json。',
    'There is no policy to check with: the service did not answer. Drop the policy.json that you kept.',
  ),
  badPolicy: say('核验策略无法使用：', 'The policy cannot be used: '),
  noOpening: say('这份单元格展开文件无法使用：', 'This opening of cells cannot be used: '),
  opening: say(
    '单元格展开文件：其中每个单元格与账本登记的单元格根逐一核对。改动过的表格可据此指出单元格。表格：',
    'An opening of cells: each cell was held to the root on the ledger. A changed table is named by its cells with it. Table: ',
  ),
  wasAnchored: say('存证', 'anchored'),
  nowIs: say('现为', 'now'),
  empty: say('空', 'nothing'),
  sameCells: say(
    '各单元格内容均相同，改动不在单元格文字中（格式、样式或元数据）。',
    'Every cell says the same: what was changed is no text of a cell (formats, styles or properties).',
  ),
  bringOriginal: say(
    '把原件或其单元格展开文件一并拖入，即可指出改动的单元格。',
    'Drop the original, or the opening of its cells, to learn which cells were changed.',
  ),
  certificate: say('生成整份存证证书（PDF）', 'One certificate for all of them (PDF)'),
  certificateNote: say(
    '证书列出各文件名、大小与摘要，内附相应记录的回执；文件名会发送给服务，文件本身不会。',
    'It lists each file with its size and digests, and holds the receipts. Names of files go to the service; files do not.',
  ),
  certificateNone: say(
    '所选文件并非全部按现状存证，不能为其整体出具存证证书。',
    'Not every file is anchored as it is: there is no certificate for all of them.',
  ),
  certificateMany: say(
    '文件超过 2,000 个，请按子文件夹分别出具存证证书。',
    'More than 2,000 files: make a certificate for each folder below.',
  ),
  certificateName: say('存证证书', 'certificate'),
  chosenFiles: say('所选文件', 'chosen files'),
  receipt: say('回执', 'Receipt'),
  figureProof: say('数据证明', 'Figure proof'),
  record: say('记录', 'Record'),
  signedBy: say('签署方', 'Signed by'),
  figure: say('数据项', 'Figure'),
  statusUnknown: say('未能查询该记录目前是否有效。', 'Whether the record still stands could not be asked.'),
  proves: say('证明了什么', 'What this proves'),
  doesNotProve: say('不证明什么', 'What this does not prove'),
  truth: say(
    '“一致”只说明文件自锚定之时起未被改动，不说明其内容真实，也不说明锚定之前未被改动。',
    '"Consistent" says that a file has not changed since it was anchored. It does not say that its content is true, or was unaltered before.',
  ),
  without: say('不依靠我们怎样核验', 'How to check without us'),
  withoutPage: say(
    '把核验页保存到本机，断网使用：它不能联网。',
    'Save the verifier page and use it with the network off: it cannot reach any.',
  ),
  withoutPolicy: say(
    '一次性取得核验策略并长期保存；最好另由可信途径取得。',
    'Get the policy once and keep it; best from another source that you trust.',
  ),
  withoutFormats: say(
    '格式公开（docs/formats），另有一份独立的 Python 核验程序（test/independent-verifier）。',
    'The formats are published (docs/formats), and there is an independent verifier in Python (test/independent-verifier).',
  ),
  savePage: say('保存核验页', 'Save the verifier page'),
  savePolicy: say('保存核验策略', 'Save the policy'),
  trial: say(
    '试用账本：密钥公开，数据虚构，不证明任何事情。',
    'Trial ledger: its keys are public, its data fictitious; nothing here proves anything.',
  ),
  skip: say('跳到主要内容', 'Skip to content'),
  home: say('首页', 'Home'),
} as const;
