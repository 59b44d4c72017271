/** Chinese of files, screening, forms and comparisons of registries. */
export const filingWords: Readonly<Record<string, string>> = {
  'the plant-year file': '企业年度文件',
  'folder with the documents and a manifest.json that says whose they are':
    '文件所在文件夹，其中 manifest.json 说明各属何人',
  "gateway of another organisation; each party's records go through its own; may be repeated":
    '其他组织的服务；各主体的记录经由其自己的服务；可重复',
  'encoding of the file: utf-8, gb18030 (which includes GBK); never guessed':
    '文件编码：utf-8 或 gb18030（含 GBK）；不作猜测',
  "only the records of the party of --as, of a file that may hold its part alone, as far as the year has come; on a production ledger nobody's records but these are anchored":
    '只导入 --as 主体的记录，文件可以只含其自己的部分，截至目前已有的月份；在正式账本上也只锚定这些记录',
  'make parties and keys as needed (trial ledgers only)': '按需创建主体与密钥（仅限试用账本）',
  'Carry an exported ledger into a channel that holds none, with original signatures, times and places. The file is checked first, as a whole. Stopped, it goes on where it stopped; run again, it changes nothing. Needs a key of the founder.':
    '将导出的账本迁入尚无账本的通道，保留原签名、时间与位置。先整体核验文件。中断后从断处继续；再次运行不作改动。须有创立者的密钥。',
  'the export (carbon-ledger export ledger)': '导出文件（carbon-ledger export ledger）',
  'folder of a new embedded ledger, not served at the moment': '新建内嵌账本的文件夹，目前未在服务中',
  "channel of a Fabric network: gateway profile of one's own organisation": 'Fabric 网络的通道：本组织的 gateway 配置',
  'organisations of the channel whose gateways may submit for parties that name an earlier one; may be repeated':
    '通道中的组织，其服务可代原先指定其他组织的主体提交；可重复',
  'receipt or checkpoint of the exported ledger that somebody kept: the export must reach it; may be repeated':
    '有人留存的所导出账本的回执或检查点：导出须覆盖到该处；可重复',
  'check the file and do nothing else': '只核验文件，不作其他操作',
  'Write a whole ledger to a file, to carry it into another one; or lists for a spreadsheet program.':
    '将整个账本写入文件以迁入另一账本；或写出供电子表格使用的清单。',
  'Write every submission as its party signed it, with transaction, time and private figures, under the last signed checkpoint. Everything is verified while it is written. Needs a party to which all figures are open: the founder of the ledger.':
    '写出各主体签名的每一份提交，连同交易、时间与非公开数据项，以最近的已签名检查点为准。写出时逐项核验。须由可查看全部数据项的主体（账本创立者）办理。',
  'where to write it': '写入位置',
  'Write a list of the current records, with their figures as far as they are open. XLSX or CSV (UTF-8 with byte order mark), by the ending of the file.':
    '写出现行记录清单，含可查看的数据项。按文件扩展名为 XLSX 或 CSV（UTF-8，带字节顺序标记）。',
  'where to write it: .xlsx or .csv': '写入位置：.xlsx 或 .csv',
  'only records about this party': '只列该主体的记录',
  'only records of this type': '只列该类型的记录',
  'only this unit': '只列该机组',
  'only this period': '只列该期间',
  'Write a list of the figures that are open, each with the place where it stands. XLSX or CSV (UTF-8 with byte order mark), by the ending of the file.':
    '写出可查看的数据项清单，各附其所在位置。按文件扩展名为 XLSX 或 CSV（UTF-8，带字节顺序标记）。',
  'Write a trace as a list. XLSX or CSV (UTF-8 with byte order mark), by the ending of the file.':
    '将溯源写为清单。按文件扩展名为 XLSX 或 CSV（UTF-8，带字节顺序标记）。',
  'address of the figure': '数据项的地址',
  'Write what the ledger says of accounts, obligations, facilities and cancellations, for "reconcile --facts".':
    '写出账本所载的账户、履约义务、设施与注销，供“reconcile --facts”使用。',
  'where to write it: one JSON object a line': '写入位置：每行一个 JSON 对象',
  'Write twelve months a unit: which evidence is there. XLSX or CSV (UTF-8 with byte order mark), by the ending of the file.':
    '写出各机组十二个月的存证情况。按文件扩展名为 XLSX 或 CSV（UTF-8，带字节顺序标记）。',
  'the plant': '企业',
  'report year': '报告年度',
  'Write who is related to whom and what rests on what: parties, units, records, documents, figures and the formulas between them, as far as they are open. PROV-O in JSON-LD or GraphML, by the ending of the file; written as it comes.':
    '写出主体之间的关系与数据的依据：主体、机组、记录、文件、数据项及其间的公式，以可查看者为限。按文件扩展名为 PROV-O（JSON-LD）或 GraphML；边读边写。',
  'relations as PROV-O (JSON-LD) or GraphML': '关系图，PROV-O（JSON-LD）或 GraphML',
  'where to write it: .jsonld or .graphml': '写入位置：.jsonld 或 .graphml',
  'jsonld or graphml, whatever the file is called': 'jsonld 或 graphml，不论文件名如何',
  'the parties of a region (GB/T 2260)': '行政区内的主体（GB/T 2260）',
  'one party': '某一主体',
  'the first year or month (YYYY, YYYY-MM)': '起始年或月（YYYY、YYYY-MM）',
  'the last year or month': '截止年或月',
  'Compare a file with what is anchored.': '将文件与已锚定的内容比对。',
  'Compare a plant-year file, or a sector-year file of any methodology, with the ledger and name every difference: record, figure, anchored and found value, the first step at which the chain breaks, the rules that speak, and what it costs downstream (t, allowances). Exits 0 where both say the same, 1 where they differ or a record of the file is in doubt, 3 where figures are not open and nothing else differs.':
    '将企业年度文件，或任一方法学的行业年度文件与账本比对，列出每处差异：记录、数据项、锚定值与文件值、链条首先断开的步骤、相关规则，以及对下游的影响（吨、配额）。两者一致退出码为 0；有差异或文件中有记录存疑为 1；有数据项不可查看而别无差异为 3。',
  'Run the screening rules over one plant, a region or everything that is anchored and open to you, or over a plant-year file without any service. The same records and the same rule set give the same digest, whoever asks. Exits 0 where nothing blocks or needs an explanation, 1 where something does or a value of the file cannot be read, 3 where nothing of the year, or not all of it, is open to be looked at.':
    '对某企业、某行政区或可查看的全部锚定数据运行筛查规则，或不经服务对企业年度文件运行。记录与规则集相同则摘要相同，与由谁查询无关。没有阻断或须说明的事项退出码为 0；有，或文件中有值无法读取为 1；该年度没有或未能全部查看为 3。',
  'a plant-year file: screened as it stands, before it is filed': '企业年度文件：填报前按现状筛查',
  'one plant': '某一企业',
  'the enterprises of a region (GB/T 2260)': '行政区内的企业（GB/T 2260）',
  'every enterprise': '全部企业',
  'the year that is screened, with the one before': '筛查年度，连同上一年度',
  'what the last run left: only what changed since is looked at': '上次运行的结果：只筛查此后的变化',
  'read the ledger and run the rules here, instead of asking the service: the digest is the same':
    '读取账本并在本机运行规则，而不请服务运行：摘要相同',
  'what "inspect pack" took along, without network': '“inspect pack”带出的内容，无需网络',
  'the pinned policy under which the pack is checked': '核验离线包所用的固定策略',
  'where to write the result, as the canonical JSON that has the digest': '结果写入位置，即具有该摘要的规范 JSON',
  'file what was found, one screening-result an enterprise, as the party of --as':
    '将筛查结果以 --as 主体名义填报，每家企业一条 screening-result',
  'where to write an explanation of what blocks or warns, to be filled with reasons':
    '阻断与警示事项的说明写入位置，供填写理由',
  'do not screen: learn relations from the records of the year, and write the part of the rule set with them, to be filed':
    '不筛查：由该年度记录学习关系，写出规则集中含这些关系的部分，供填报',
  'sign with the trial key of the party (trial ledgers only)': '以主体的试用密钥签名（仅限试用账本）',
  'Write the workbook (XLSX) of a form: headers with units, lists to choose from, and a hidden sheet by which it is known again although headers are renamed and columns moved. Kinds: monthly-evidence, lab-results, stock, annual-report, self-inspection-enterprise, self-inspection-verifier, offset-application, ccer-cancellations, allowance-bookings, offset-forms.':
    '生成表格的空白工作簿（XLSX）：表头带单位，可选值为下拉列表，另有隐藏表，表头改名、列移动后仍可识别。种类：monthly-evidence、lab-results、stock、annual-report、self-inspection-enterprise、self-inspection-verifier、offset-application、ccer-cancellations、allowance-bookings、offset-forms。',
  'the form': '表格',
  'methodology whose figures it asks for': '所填数据项的方法学',
  'report year (default: the newest of the methodology)': '报告年度（默认：该方法学最近的年度）',
  'Compare cancellations of the CCER registry, bookings of the allowance registry, the provinces’ applications (XLSX or CSV) and the ledger, row by row and by enterprise. Exit code 0 where everything matches or only waits, 3 where there is no row to compare, 1 otherwise.':
    '逐行并按企业比对 CCER 登记机构的注销、碳排放权登记机构的抵销登记、各省的申请（XLSX 或 CSV）与账本。全部一致或仅待办理退出码为 0；没有可比对的行为 3；其他为 1。',
  'cancellations of the CCER registry; may be repeated': 'CCER 登记机构的注销；可重复',
  'bookings of the allowance registry; may be repeated': '碳排放权登记机构的抵销登记；可重复',
  'applications collected by a province; may be repeated': '省级汇总的申请；可重复',
  'compliance year: rows that name none are of it': '履约年度：未写明年度的行归于此',
  'the day of the run (default: today in Asia/Shanghai once the exchange file is closed, before that yesterday)':
    '比对日（默认：交换文件截止后为北京时间今天，此前为昨天）',
  'what the ledger says, as "export offsets" wrote it, instead of asking the service':
    '账本所载内容，由“export offsets”写出，用以代替查询服务',
  'compare the files with each other only': '只比对文件',
  'JSON with the headers of other systems: {"cancellations": {"qty": "核销数"}}':
    'JSON：其他系统的表头，如 {"cancellations": {"qty": "核销数"}}',
  'JSON with the rules by compliance year, instead of those of the parameter tables on the ledger':
    'JSON：按履约年度的规则，用以代替账本参数表中的规则',
  'report (JSON) of an earlier run, to tell what changed': '上次比对的报告（JSON），用以说明变化',
  'where to write the report as JSON': '报告写入位置（JSON）',
  'where to write the report as a workbook': '报告写入位置（工作簿）',
  'where to write it as a report for people (对账报告, PDF/A-3)': '写为供人阅读的报告（对账报告，PDF/A-3）',
  'put the digest of the report on the ledger, as the registry or province of --as; needs -o':
    '将报告摘要以 --as 的登记机构或省名义记入账本；须有 -o',
  'reconcile what is put into a folder, reports in its folder "reports"; the same files once':
    '比对放入文件夹的文件，报告写入其中的“reports”；同样的文件只比对一次',
  'with --watch: look once and end': '与 --watch 合用：查看一次即结束',
  'with --watch: seconds between looks': '与 --watch 合用：两次查看之间的秒数',
  'Compare a file of outside readings (stock, electricity, settlement, permits, CEMS; XLSX or CSV) with anchored figures, under the mapping and the tolerances of a saved profile. Exits 0 where all of them match records that stand beyond doubt, 1 where one does not, 3 where the file has none of this year and party.':
    '将外部读数文件（库存、电量、结算、许可证、CEMS；XLSX 或 CSV）按所存配置的对应关系与允许差与已锚定的数据项比对。全部与有效且不存疑的记录一致退出码为 0；有不一致为 1；文件中没有该年度、该主体的读数为 3。',
  'the readings: XLSX, or CSV in UTF-8 or GB18030': '读数文件：XLSX，或 UTF-8、GB18030 编码的 CSV',
  'which profile of the file of profiles': '配置文件中的哪一项配置',
  'JSON: headers, figures, factors and tolerances by source': 'JSON：按来源的表头、数据项、系数与允许差',
  'the year': '年度',
  'the party of files that name none': '未写明主体的文件归于该主体',
  'absolute tolerance, in place of those of the profile': '绝对允许差，代替配置中的允许差',
  'tolerance as a share of the anchored figure (0.01), in place of those of the profile':
    '允许差占锚定值的比例（0.01），代替配置中的允许差',
  'where to write it as a workbook': '写入位置（工作簿）',
  'read with the trial key of the party (trial ledgers only)': '以主体的试用密钥读取（仅限试用账本）',
  'What the party of --as must do next, until when, nearest first; what is late is marked.':
    '--as 的主体接下来须办的事项及期限，近者在前；逾期者标明。',
  'only what is done by filing a record of this type': '只列以填报该类型记录办理的事项',
  'only what is late': '只列逾期事项',
  'only what waits in this state': '只列处于该状态的事项',
  'somewhere in its business key or its words': '业务键或文字中含有',
  'only what is due on this day or before': '只列该日及以前到期的事项',
  'nearest day, business key, longest wait': '期限最近、业务键、等候最久',
  'forth or back': '升序或降序',
  'how many on a page (1 to 500)': '每页条数（1 至 500）',
  'where the page before said to go on': '上一页给出的续页位置',
};
