/** Chinese of filing, inspections and lists. */
export const recordsWords: Readonly<Record<string, string>> = {
  'as CSV': 'CSV 格式',
  'sign in with the trial key of the party (trial ledgers only)': '以主体的试用密钥登录（仅限试用账本）',
  'What may be done now with a record or a business key, and by whom; with --as also whether that party may.':
    '某记录或业务键现在可办理的步骤，由谁办理；有 --as 时说明该主体可否办理。',
  'record id (rec:…) or business key USCC/UNIT/PERIOD/KIND':
    '记录标识（rec:…）或业务键 统一社会信用代码/机组/期间/种类',
  'File a record of any type. On a terminal its fields are asked for one by one; the ledger proposes version, citations, computed figures and days. What will be signed is shown in words, and every fault at its field; the digest is computed here before it is signed.':
    '填报任一类型的记录。在终端上逐项询问字段；账本给出版本、引用、计算的数据项与日期。待签名内容以文字显示，错误指到字段；摘要在本机计算后才签名。',
  'type of record: {}': '记录类型：{}',
  'the record that it acts on or is about: rec:… or USCC/UNIT/PERIOD/KIND':
    '所办理或所涉及的记录：rec:… 或 统一社会信用代码/机组/期间/种类',
  'JSON or YAML with the facts: subject, on, content, figures, cites, documents, readers':
    'JSON 或 YAML 格式的事实：subject、on、content、figures、cites、documents、readers',
  'label of the kind, for example "pre" for allowance-issuance.pre': '种类的标签，如 allowance-issuance.pre 的“pre”',
  'the party that the record is about (default: the one that signs)': '记录所关于的主体（默认：签名者）',
  'unit, PLANT for the whole plant': '机组，全厂为 PLANT',
  'YYYY or YYYY-MM': 'YYYY 或 YYYY-MM',
  'a field of its content, @FILE for what stands in a JSON file; may be repeated':
    '内容的字段，JSON 文件中的内容用 @文件；可重复',
  'a stated figure; may be repeated': '填报的数据项；可重复',
  'what it cites in a role (default: what the ledger proposes); may be repeated':
    '在某一角色下的引用（默认：账本给出的）；可重复',
  'a document, hashed here and never sent; may be repeated': '文件，在本机计算摘要，不会发送；可重复',
  'do not commit tables (CSV, XLSX) among the documents cell by cell, so that nobody can be shown a single cell later':
    '不对文件中的表格（CSV、XLSX）逐单元格承诺，今后无法只出示单个单元格',
  'another party that may read the figures; may be repeated': '另可查看数据项的主体；可重复',
  'only show what would be signed, and what the ledger would say': '只显示将签名的内容及账本的答复',
  'sign without asking': '不询问即签名',
  'zh or en (default: by the locale)': 'zh 或 en（默认按系统语言）',
  'Accept, return or question what an enterprise filed: `file review` by its everyday name.':
    '对企业填报的内容审核通过、退回或质疑：`file review` 的常用名称。',
  'the plan, evidence, report or registration that is reviewed': '所审核的计划、存证、报告或登记',
  'Apply for a decision about a conclusion or an issuance: `file objection` by its everyday name.':
    '对核查结论或配额发放申请复核：`file objection` 的常用名称。',
  'the conclusion or issuance that is objected to': '所申请复核的结论或发放',
  'Apply to offset emissions with CCER: `file offset-application` by its everyday name.':
    '申请使用 CCER 抵销排放：`file offset-application` 的常用名称。',
  'Book a transfer of allowances: `file allowance-transfer` by its everyday name.':
    '登记配额划转：`file allowance-transfer` 的常用名称。',
  'Register a party, or a change of its keys: `file party` by its everyday name.':
    '登记主体，或变更其密钥：`file party` 的常用名称。',
  'Readings of a meter as CSV (time,value; UTC, in order): the facts of their batch, a proof of one of them, and its verification against the batch on the ledger. The readings themselves stay where they are.':
    '计量器具读数（CSV：time,value；UTC，按时间顺序）：批次的事实、其中一条的证明，及其对账本所载批次的核验。读数本身留在原处。',
  'what is filed of them: number, first, last, sum, root': '所填报的内容：条数、首末时间、合计、根摘要',
  'kind of meter': '计量器具种类',
  'number of the meter': '计量器具编号',
  'where to write it, for file device-batch --from': '写入位置，供 file device-batch --from 使用',
  'a proof of one reading, that shows no other': '一条读数的证明，不显示其他读数',
  'when it was read, as the CSV has it': '读数时间，与 CSV 中一致',
  'hold a proof to the batch that is anchored': '对照已锚定的批次核验证明',
  'record id (rec:…) or business key of the batch': '批次的记录标识（rec:…）或业务键',
  'Plan a flight check, draw its sample, take the records along, compare a folder, sign findings, report.':
    '制定飞行检查方案、抽取样本、带出记录、比对文件夹、签署问题、出具报告。',
  'Plan a flight check under a sealed seed, or open it: `file inspection` by its everyday name.':
    '以密封种子制定飞行检查方案，或开启检查：`file inspection` 的常用名称。',
  'plan a flight check under a sealed seed, or open it': '以密封种子制定飞行检查方案，或开启检查',
  'File what was found, bound to what was anchored: `file finding` by its everyday name.':
    '填报发现的问题，并与锚定内容绑定：`file finding` 的常用名称。',
  'file what was found, bound to what was anchored': '填报发现的问题，并与锚定内容绑定',
  'Hand findings over with task, responsible and day: `file handover` by its everyday name.':
    '移交问题，写明任务、责任人与期限：`file handover` 的常用名称。',
  'hand findings over with task, responsible and day': '移交问题，写明任务、责任人与期限',
  'Close an inspection once it was rectified: `file closure` by its everyday name.':
    '整改后销号：`file closure` 的常用名称。',
  'close an inspection once it was rectified': '整改后销号',
  'Draw plants from a seed: anybody who has seed and frame draws the same. By risk a plant has more tickets: screening findings, default values avoided, its laboratory’s record, its tonnes. With --plan the draw of a plan is made again and held to what was opened.':
    '按种子抽取企业：有种子与抽样范围者均抽得同样结果。按风险抽取时，签数随筛查问题、少用默认值、检测机构履职情况和排放量增加。有 --plan 时重做方案的抽取并与开启时一致性比对。',
  'draw plants from a published seed and rule, or draw again what a plan drew':
    '按公开的种子与规则抽取企业，或重做方案的抽取',
  'an inspection on the ledger, to be drawn again': '账本上的检查，重新抽取',
  'a plant that can be drawn; may be repeated (default: all of the region)':
    '可被抽取的企业；可重复（默认：行政区内全部）',
  'the year of which the risk is told': '据以评估风险的年度',
  'how many are drawn': '抽取数量',
  '32 bytes; a new one is made where none is given': '32 字节；未给出时新生成',
  'risk, or equal chances': '按风险，或机会均等',
  'where to keep seed and draw, readable by its owner only': '种子与抽取结果的保存位置，仅文件所有者可读',
  'act with the trial key of the party (trial ledgers only)': '以主体的试用密钥办理（仅限试用账本）',
  'take along what may be seen of the plants of a plan, in one signed file':
    '将方案内企业可查看的内容带出，存为一个已签名文件',
  'the inspection, opened': '已开启的检查',
  'without a plan: a plant; may be repeated': '没有方案时：企业；可重复',
  'without a plan: a year; may be repeated': '没有方案时：年度；可重复',
  'where to write it, readable by its owner only': '写入位置，仅文件所有者可读',
  'Compare every file of a folder or stick, also inside zip archives, with what was anchored of the plants: the same, changed and where, not anchored by them, missing here, the same under another name, one report under two numbers. Exits 0 where all is the same, 1 where something is not.':
    '将文件夹或存储介质中的每个文件（含 zip 内）与企业的锚定内容比对：一致、何处有改动、未锚定、此处缺失、同一内容而文件名不同、同一报告有两个编号。全部一致退出码为 0，否则为 1。',
  'compare a folder or stick with what was anchored': '将文件夹或存储介质与锚定内容比对',
  'folders and files': '文件夹与文件',
  'a pack that was taken along: nothing is asked of the network': '带出的离线包：不访问网络',
  'a plant; may be repeated': '企业；可重复',
  'a year; may be repeated': '年度；可重复',
  'opening of a table’s cells, kept by the party; may be repeated': '单元格展开文件，由企业保存；可重复',
  'the party’s own copies of what was anchored; may be repeated': '企业自存的锚定内容副本；可重复',
  'where to write the answer, for the report': '结果写入位置，供出具报告',
  'Write the opening of a table that was anchored: made from the party’s key and its own file, the same every time. Whoever has it sees every cell.':
    '写出已锚定表格的展开文件：由企业的密钥与其文件生成，每次相同。持有者可看到全部单元格。',
  'the opening of a table’s cells, for the inspector': '表格的单元格展开文件，供检查人员使用',
  'the table as it was anchored': '锚定时的表格',
  'open one cell of a table, and nothing else': '公开表格的一个单元格，其余不公开',
  'the opening': '展开文件',
  'SHEET!B7; of a CSV file CSV!B7': '工作表!B7；CSV 文件为 CSV!B7',
  'where to write the proof': '证明写入位置',
  'check that a cell stood in the table that was anchored': '核验某单元格在所锚定的表格中',
  'the proof of the cell': '单元格的证明',
  'the record that names the table': '载明该表格的记录',
  'sign a finding on the spot, from a pack, without network': '凭离线包在现场签署问题，无需网络',
  'JSON: subject, number, content, figures, cites': 'JSON，含 subject、number、content、figures、cites',
  'the pack': '离线包',
  'where to write what is sent later': '稍后发送内容的写入位置',
  'file a finding that was signed on the spot': '填报在现场签署的问题',
  'what inspect sign wrote': 'inspect sign 写出的文件',
  'write the report of an inspection: signed, with the receipts of all it names':
    '出具检查报告：已签名，附所涉全部记录的回执',
  'business key of the inspection (default: that of the pack)': '检查的业务键（默认：离线包中的检查）',
  'the answer of inspect check': 'inspect check 的结果',
  'write it as a paper for people too (检查报告, PDF/A-3), the signed report inside':
    '同时写为供人阅读的文书（检查报告，PDF/A-3），内含已签名的报告',
  'of that report: zh or en': '该报告的语言：zh 或 en',
  'of the paper: zh or en': '文书语言：zh 或 en',
  'Write a report that was signed as a paper: the signed report with its receipts is attached, and nothing is signed again. The same report gives the same bytes.':
    '将已签名的报告写为文书：附上已签名的报告及其回执，不再签名。同一报告得到相同的字节。',
  'write a signed report as a paper for people (检查报告, PDF/A-3)':
    '将已签名的报告写为供人阅读的文书（检查报告，PDF/A-3）',
  'the report (JSON), or a paper of it in the other language': '报告（JSON），或其另一语言的文书',
  'where to write it (.pdf)': '写入位置（.pdf）',
  'zh or en': 'zh 或 en',
  'Check a report, JSON or PDF, offline: who signed it, that every record which it names was anchored, and of a PDF that its pages are those of the report inside. Exits 0 for PASS, 1 for FAIL, 3 where something is pending or the pages are others.':
    '离线核验报告（JSON 或 PDF）：由谁签名，所载各记录均已锚定，PDF 各页与其中的报告相符。通过退出码为 0，不通过为 1，待定或页面不符为 3。',
  'check the report of an inspection offline': '离线核验检查报告',
  'the report, or a paper that carries it': '报告，或含有报告的文书',
  'the pinned policy': '固定的核验策略',
  'List records by type, state, party, unit, period and time, page by page.':
    '按类型、状态、主体、机组、期间与时间逐页列出记录。',
  'somewhere in the record as it was signed': '签名时的记录中含有',
  'type of record': '记录类型',
  'state in which the current version stands: FILED, RETURNED …': '现行版本所处状态：FILED、RETURNED 等',
  'how it stands': '效力状况',
  'only what bears this mark': '只列带有该标记的记录',
  'the party that it is about': '所关于的主体',
  'the party that signed it': '签名的主体',
  'unit, PLANT for the plant': '机组，全厂为 PLANT',
  'anchored since then: a day (Asia/Shanghai) or an instant': '该时起锚定：日期（北京时间）或时刻',
  'anchored until then': '该时止锚定',
  'brought to where it stands since then': '该时起进入现有状态',
  'brought to where it stands until then': '该时止进入现有状态',
  'by business key, or as anchored': '按业务键，或按锚定先后',
  'Find records in which a text stands, in what was signed or in the business key; newest first.':
    '在签名内容或业务键中查找含有某段文字的记录，新者在前。',
  'what to look for; capitals count for nothing': '查找的文字；不分大小写',
  'Show one record in words: its fields, figures as far as they are open, citations, and where it stands.':
    '以文字显示一条记录：字段、可查看的数据项、引用，以及所处状态。',
  'List committed submissions in the order of the log, each with its party and its records.':
    '按日志顺序列出已提交的批次，各附主体与记录。',
  'with a record of this type': '含有该类型的记录',
  'with a record that stands so': '含有处于该效力状况的记录',
  'log index to begin at': '起始日志序号',
  'only what has these words': '只列含有这些文字的',
  'one page of so many (1 to 500); everything without it': '每页条数（1 至 500）；不给出则列出全部',
  'Anchor documents as one record of the party named by --as. The files are hashed here and never sent. A workbook made by "carbon-ledger template" is read, and so is a table (CSV, XLSX) with the headers of a form: each of its rows becomes a record, of --unit and --period only where they are given; with --content or --figures it must say the same.':
    '以 --as 主体名义将文件锚定为一条记录。文件在本机计算摘要，不会发送。“carbon-ledger template”生成的工作簿会被读取，采用表单表头的表格（CSV、XLSX）同样：每行成为一条记录，给出 --unit、--period 时只取该机组、该期间；给出 --content 或 --figures 时须与之一致。',
  'the documents': '文件',
  'unit, PLANT for the whole plant, - for none': '机组，全厂为 PLANT，不涉及机组为 -',
  'YYYY, YYYY-MM, or - for none': 'YYYY、YYYY-MM，不涉及期间为 -',
  'what the documents are': '文件的内容',
  'JSON file with the fields of the record type': '含该记录类型各字段的 JSON 文件',
  'JSON file with the private figures: {"name": "value"}': '含非公开数据项的 JSON 文件：{"名称": "值"}',
  'workbook (XLSX) to write with every cell of the files that cannot be taken':
    '写入工作簿（XLSX），标出文件中不能采用的每个单元格',
  'a record that this one cites; may be repeated': '该记录所引用的记录；可重复',
  'do not commit tables (CSV, XLSX) cell by cell, so that nobody can be shown a single cell later':
    '不对表格（CSV、XLSX）逐单元格承诺，今后无法只出示单个单元格',
  'a folder of reports: each row of --results becomes a record with the files that bear its report number, or its unit and month, in their names':
    '报告文件夹：--results 的每行成为一条记录，附文件名中含其报告编号或机组与月份的文件',
  'the table of the batch: a workbook made by "template", or a table (CSV, XLSX) with its headers':
    '批次表：“template”生成的工作簿，或采用其表头的表格（CSV、XLSX）',
  'methodology of the figures of a table that was not made by "template"':
    '并非由“template”生成的表格，其数据项的方法学',
  'its year (default: the newest of the methodology)': '其年度（默认：该方法学最近的年度）',
  'Watch a folder as the party of --as: each folder in it is a batch, a table of results beside the reports of its rows (see "anchor --batch"). A batch that stands still is anchored, and its answer written to the folder "answers": what was anchored, or every fault. The same batch is answered once; one that is changed, again.':
    '以 --as 主体名义监视文件夹：其中每个文件夹为一个批次，即结果表及各行的报告（见“anchor --batch”）。静止的批次即予锚定，答复写入文件夹“answers”：锚定了什么，或全部错误。同一批次只答复一次；改动后再次答复。',
  'the folder': '文件夹',
  'type of record that the rows become': '各行成为哪种类型的记录',
  'label of the kind': '种类的标签',
  'do not commit tables cell by cell': '不对表格逐单元格承诺',
  'answer what is there, and end': '答复现有批次后结束',
  'seconds between looks': '两次查看之间的秒数',
};
