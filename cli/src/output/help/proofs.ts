/** Chinese of verification, proofs and methodologies. */
export const proofsWords: Readonly<Record<string, string>> = {
  'Compare files, or every file below a folder, with what is anchored. Files are hashed here; only digests travel.\nAnswers 一致 (0), 一致但记录已失效 (the record was withdrawn, returned or replaced), 一致但记录存疑 (an authority questions it, a finding is open, it rests on what does not stand, or its key was in other hands), 不一致 or 未找到 (1), 无法判定 (3) for each, with record, party and time; what is not looked at (links, pipes, what cannot be read, an empty folder) is 无法判定. With --party and a folder, documents that the ledger names and the folder lacks are 缺失 (1).':
    '将文件，或文件夹下的每个文件与已锚定的内容比对。文件在本机计算摘要，只发送摘要。\n对每个文件答复：一致（0）；一致但记录已失效（记录已撤回、退回或被取代）；一致但记录存疑（主管部门有质疑、有未结问题、所依据者已失效，或其密钥曾为他人掌握）；不一致或未找到（1）；无法判定（3），并附记录、主体与时间；未查看的（链接、管道、无法读取者、空文件夹）为无法判定。有 --party 并给出文件夹时，账本载有而文件夹缺少的文件为缺失（1）。',
  'files or folders': '文件或文件夹',
  'only records about this party; a folder must hold all their documents': '只看该主体的记录；文件夹须含其全部文件',
  'with --party: the folder must hold those of this unit': '与 --party 合用：文件夹须含该机组的文件',
  'with --party: the folder must hold those of this year (2024) or month (2024-01)':
    '与 --party 合用：文件夹须含该年（2024）或该月（2024-01）的文件',
  'only this record (its id or business key)': '只看该记录（记录标识或业务键）',
  'list only files of these verdicts, divided by commas: consistent, no-longer-stands, questioned, inconsistent, not-found, undecidable, lacking; counts and exit code are of all':
    '只列这些结论的文件，以逗号分隔：consistent、no-longer-stands、questioned、inconsistent、not-found、undecidable、lacking；计数与退出码仍按全部',
  'write the verdict of every file as a list: .xlsx or .csv': '将每个文件的结论写为清单：.xlsx 或 .csv',
  'Look up what the rules make public. No party and no key is needed; every answer names the records on which it rests.':
    '查询依规公开的信息。无需主体身份或密钥；每个答复都注明所依据的记录。',
  'key emitters of a year': '某年度的重点排放单位',
  'of a sector: power, steel, cement, aluminium': '行业：power、steel、cement、aluminium',
  'how the surrender stands': '清缴履约情况',
  'by what it is sorted': '排序依据',
  'a region (GB/T 2260)': '行政区（GB/T 2260）',
  'a page as CSV': 'CSV 格式的一页',
  'one key emitter': '某一重点排放单位',
  'laboratories or verifiers': '检测机构或核查机构',
  'which of them': '其中哪一类',
  'how its registration stands': '登记状态',
  'a laboratory or verifier with its record of conduct': '检测机构或核查机构及其履职记录',
  'what provinces published of the verifiers of a year (核查机构评估)': '各省公布的该年度核查机构评估',
  'one verifier': '某一核查机构',
  'methodologies, parameters and other rules of a year': '某年度的方法学、参数及其他规则',
  'Twelve months a unit, of a plant, a region or a laboratory, with what default values cost. Exits 1 where a month is missing, 3 where no unit is known of which one could be.':
    '企业、行政区或检测机构所涉各机组的十二个月，附默认值的影响。有缺月退出码为 1；不知有何机组为 3。',
  'only units that this laboratory tested': '只列该检测机构检测的机组',
  'Trace a figure down to its sources and recompute every one on the way. Exits 1 where the chain is broken or a record on it is in doubt, 3 where part of it is not open to who asks.\nA figure is addressed USCC/UNIT/PERIOD/KIND#figure; the plant as a whole is unit PLANT.':
    '将数据项溯源至来源，并重算沿途每一项。链条断开或沿途记录存疑退出码为 1；有部分对查询者不开放为 3。\n数据项的地址为 统一社会信用代码/机组/期间/种类#数据项；全厂的机组为 PLANT。',
  'USCC/UNIT/PERIOD/KIND#figure': '统一社会信用代码/机组/期间/种类#数据项',
  'as it was believed then: a day (Asia/Shanghai) or an instant': '按当时所认定：日期（北京时间）或时刻',
  'levels of the tree that are drawn': '树形图的层数',
  'draw the graph to a file': '将图写入文件',
  'write W3C PROV-JSON to a file': '将 W3C PROV-JSON 写入文件',
  'write W3C PROV-N to a file': '将 W3C PROV-N 写入文件',
  'write it as a report for people (追溯报告, PDF/A-3)': '写为供人阅读的报告（追溯报告，PDF/A-3）',
  'of the report: zh or en': '报告语言：zh 或 en',
  'What would change if a record were withdrawn: figures, accounts and plants that rest on it, in tonnes, and by whom it may be taken back. A month without its test report falls to the default carbon content.':
    '假如撤回某记录会有何变化：依据它的数据项、账户与企业，以吨计，以及可由谁撤回。没有检测报告的月份改用缺省含碳量。',
  'what to assume of the record': '对该记录作何假设',
  'price of a tonne: what the change comes to in money': '每吨价格：变化折合的金额',
  'party by party, as it is found, and what all come to: for what thousands rest on':
    '逐个主体边查边列，最后给出合计：供有成千上万项依据的记录使用',
  'show every figure, not only tonnes': '显示全部数据项，不只是吨数',
  'Fetch the receipt of a record: proof that it stands in the log, to be verified offline at any time.':
    '取得记录的存证回执：证明其在日志中，可随时离线核验。',
  'as JSON text that can be read without any tool, two to three times as long':
    '写为无需工具即可阅读的 JSON 文本，大小为两至三倍',
  'as the earlier ledger would give it, where the record was carried over from one':
    '按原账本给出的回执，适用于迁入的记录',
  'the same for tools of transparency logs (C2SP tlog-proof), also into this file':
    '同时写出透明日志工具所用的格式（C2SP tlog-proof）',
  'Write a certificate (存证证书) as PDF/A-3 with the receipt inside: of a record, of the record that names a file, of a receipt (offline), or one for a whole folder with the list of its files. verify-receipt and the drop box read it. Where a record of it does not stand any more, or is in doubt, it is written all the same, that is told, and the exit code is 1.':
    '生成存证证书（PDF/A-3），内含回执：可为一条记录、载明某文件的记录、一份回执（离线），或整个文件夹（附文件清单）。verify-receipt 与核验页均可读取。其中有记录已失效或存疑的，仍予生成并说明，退出码为 1。',
  'record id (rec:…), business key USCC/UNIT/PERIOD/KIND, document, receipt, or folder':
    '记录标识（rec:…）、业务键 统一社会信用代码/机组/期间/种类、文件、回执或文件夹',
  'where QR codes of folders and receipts lead to (default: the service)':
    '文件夹与回执的二维码指向的地址（默认：本服务）',
  'Check a receipt offline: no service is asked, unless --standing asks whether its record still stands. The log key comes from a pinned policy (--policy, CARBON_LEDGER_POLICY, or the one that was pinned when a receipt was first fetched), never from the receipt.\nExits 0 for PASS, 1 for FAIL, 3 for PENDING; with --standing 1 where the record does not stand or is in doubt.':
    '离线核验存证回执：不访问服务，除非以 --standing 查询记录现状。日志密钥取自固定的核验策略（--policy、CARBON_LEDGER_POLICY，或首次取得回执时固定的策略），绝不取自回执。\n通过退出码为 0，不通过为 1，待定为 3；有 --standing 时，记录已失效或存疑为 1。',
  'the receipt, a certificate (PDF) that carries it, or its C2SP tlog-proof':
    '回执、含有回执的证书（PDF），或其 C2SP tlog-proof',
  'the document that the record must name, unchanged': '记录须载明的文件，未经改动',
  'who must have issued the record': '记录须由谁签发',
  'what type the record must be of': '记录须为何类型',
  'which record it must be': '须为哪条记录',
  'also ask the service whether the record still stands': '同时向服务查询记录是否仍有效',
  'evidence of the chain that the policy names (outside evidence)': '策略所指外部链上的证据（outside evidence）',
  'block of that chain that you know from elsewhere': '您由他处得知的该链区块',
  'a node of that chain that you trust, asked instead of evidence': '您信任的该链节点，用以代替证据',
  'Write a proof of one figure: it opens the figure and its path down to the sources, and leaves everything else hidden. Whoever has the pinned policy recomputes it offline with verify-proof.':
    '写出一个数据项的证明：公开该数据项及其至来源的路径，其余不公开。持有固定策略者可用 verify-proof 离线重算。',
  'how much to open: full, month, totals, lab': '公开的范围：full 全部、month 当月、totals 合计、lab 检测',
  'Check a proof of one figure offline and recompute every step that it opens. The log key comes from a pinned policy, never from the proof.\nExits 0 for PASS, 1 for FAIL, 3 for PENDING; with --standing 1 where a record that it opens does not stand or is in doubt.':
    '离线核验单项数据证明，重算其公开的每一步。日志密钥取自固定的核验策略，绝不取自证明。\n通过退出码为 0，不通过为 1，待定为 3；有 --standing 时，所公开的记录有已失效或存疑的为 1。',
  'the proof': '证明',
  'the figure that it must be about': '须关于哪个数据项',
  'also ask the service whether the records that it opens still stand': '同时向服务查询所公开的记录是否仍有效',
  'Show the last signed checkpoint of the transparency log (C2SP signed note). With --policy, the verification policy: which log key and witnesses to trust. Pin it once, from a source that you trust, and keep it.':
    '显示透明日志最近的已签名检查点（C2SP signed note）。有 --policy 时显示核验策略：信任哪个日志密钥与哪些见证。请从可信来源取得，固定一次并保存。',
  'the verification policy instead of the checkpoint': '显示核验策略而非检查点',
  "take over the log's new key on the word of the pinned one (keys rotate log); asks no service":
    '凭所固定的旧密钥的签名接受日志的新密钥（keys rotate log）；不访问服务',
  'the policy from which the handover goes on, in place of the pinned one': '交接所接续的策略，代替所固定的策略',
  'write it to a file': '写入文件',
  'Work with a methodology folder: plain files that say which figures a sector reports and how each is computed.':
    '处理方法学文件夹：说明行业报告哪些数据项、各如何计算的纯文本文件。',
  'Find what is wrong with a methodology: unknown names, units that do not fit through a formula, cases that are never reached or missing, circles, missing roundings, parameters without a value. Exits 1 where there is a fault.':
    '查找方法学中的错误：未知名称、公式中单位不符、永不到达或缺少的情形、循环、缺少修约、没有值的参数。有错误退出码为 1。',
  'folder of the methodology (docs/methodologies.md)': '方法学文件夹（docs/methodologies.md）',
  'Run the test vectors of a methodology; every step that differs is named. Exits 1 where one does.':
    '运行方法学的测试向量；不符的步骤逐一列出。有不符退出码为 1。',
  'Tell what a second methodology says otherwise than a first; with --ledger also which figures of the anchored years would change, and by how much. Exits 1 where the rules differ.':
    '说明第二份方法学与第一份的不同；有 --ledger 时还说明已锚定年度中哪些数据项会变化、变化多少。规则不同退出码为 1。',
  'report year (default: every year that both folders have, else the last of each; with --ledger every year of the first)':
    '报告年度（默认：两个文件夹共有的各年度，否则各取最后一年；有 --ledger 时为第一个的各年度）',
  'compute the anchored records of these years under both': '按两者计算这些年度已锚定的记录',
  'only the records about this party': '只看该主体的记录',
  'File methodology and parameters of a year on the ledger as the party of --as. What has faults or fails a vector is not filed; what is there already is left alone.':
    '以 --as 主体名义将某年度的方法学与参数填报到账本。有错误或未通过向量的不填报；已有的不变。',
  'report year (default: the last one of the folder)': '报告年度（默认：文件夹中的最后一年）',
  'Solve the balance value of a year anew over everything that is verified, and hold it to what is anchored; anybody may. With --file the party of --as files it as a benchmark and in the next version of the parameters, with the root of its data. Exits 1 where another value or root is anchored.':
    '依全部已核查数据重新求解某年度的平衡值，并与锚定值核对；任何人都可以做。有 --file 时，由 --as 主体填报为基准值，并写入参数的下一版本，附数据的根摘要。锚定的值或根不同退出码为 1。',
  'id of the methodology on the ledger: CN-ETS-CEMENT': '账本上方法学的标识：CN-ETS-CEMENT',
  'file it as the party of --as': '以 --as 主体名义填报',
  'Show a methodology as a readable page: figures, formulas, parameters, fields. With --html as a page with formulas typeset.':
    '将方法学显示为可读页面：数据项、公式、参数、字段。有 --html 时为公式排版的网页。',
  'write a page that stands alone (no script; formulas as MathML)': '写为独立网页（无脚本；公式为 MathML）',
  'What joins a log to the world outside of its operators: keys of witnesses, RFC 3161 timestamps, an EVM chain. serve --outside FILE does all of this by itself on a cadence.':
    '将日志与运营方之外的世界相连：见证密钥、RFC 3161 时间戳、EVM 链。serve --outside 文件 会定期自行办理。',
  'Show the key with which this gateway cosigns the logs of others; it is made if it is not there yet.':
    '显示本服务联署他人日志所用的密钥；尚无则生成。',
  'data folder of the gateway': '服务的数据文件夹',
  'name in its cosignatures, a URL without scheme': '联署所用名称，不带协议的 URL',
  'Put the contract that witnesses checkpoints on an EVM chain. The account of the key alone may post.':
    '将见证检查点的合约部署到 EVM 链。只有该密钥的账户可以写入。',
  'JSON-RPC of a node of the chain': '链节点的 JSON-RPC',
  'EIP-155 chain id': 'EIP-155 链标识',
  'key of the account, 64 hex digits': '账户密钥，64 位十六进制',
  'Take evidence of a posted checkpoint out of a chain, to be checked offline by the hash of one block.':
    '由链上取出所写检查点的证据，可凭一个区块的哈希离线核验。',
  'a receipt, or a checkpoint': '回执或检查点',
  'the contract': '合约',
  'finalized, latest, or a number in hex': 'finalized、latest，或十六进制数',
  'Have a checkpoint timestamped (RFC 3161), or check such a timestamp offline.':
    '为检查点加盖时间戳（RFC 3161），或离线核验这样的时间戳。',
  'root certificate of the authority, PEM or DER; may be repeated': '时间戳机构的根证书，PEM 或 DER；可重复',
  'time-stamping authority to ask': '所请求的时间戳机构',
  'where to write its token': '时间戳写入位置',
  'token to check instead': '改为核验该时间戳',
};
