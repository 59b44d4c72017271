/** Chinese of the list of commands, and of what makes, carries and compares ledgers. */
export const listingWords: Readonly<Record<string, string>> = {
  'embedded ledger and gateway, in the foreground': '内嵌账本与服务，在前台运行',
  'party keys in an encrypted keystore': '加密密钥库中的主体密钥',
  'anchor a whole plant-year, or carry a whole ledger over': '锚定整个企业年度，或迁入整个账本',
  'write a whole ledger, or lists of what it holds, to a file': '将整个账本或其内容清单写入文件',
  'compare a plant-year file with the ledger': '将企业年度文件与账本比对',
  'screen what is anchored, or a file before it is filed': '筛查已锚定的数据，或填报前的文件',
  'write an empty workbook of a form': '生成空白表格（工作簿）',
  'compare the files of both registries and the provinces with each other and the ledger':
    '将两个登记机构、各省的文件与账本相互比对',
  'compare outside readings with anchored figures': '将外部读数与已锚定的数据项比对',
  'what the party must do next, nearest day first': '主体接下来须办的事项，期限近者在前',
  'what may be done with a record now, and by whom': '记录现在可办理的步骤，由谁办理',
  'file a record: a guided form, or --from FILE': '填报记录：逐项引导填写，或 --from 文件',
  'accept, return or question what an enterprise filed': '对企业填报的内容审核通过、退回或质疑',
  'apply for a decision about a conclusion or an issuance': '对核查结论或配额发放申请复核',
  'apply to offset emissions with CCER': '申请使用 CCER 抵销排放',
  'book a transfer of allowances': '登记配额划转',
  'register a party, or a change of its keys': '登记主体，或变更其密钥',
  'readings of a meter: their batch, and one of them proved': '计量器具读数：批次，及其中一条的证明',
  'a flight check, from plan to report': '飞行检查，从方案到报告',
  'records by type, party, state, time …': '按类型、主体、状态、时间等列出记录',
  'records in which a text stands': '查找含有某段文字的记录',
  'one record in words': '以文字显示一条记录',
  'what was submitted, by whom and when': '谁在何时提交了什么',
  'anchor documents as one record': '将文件锚定为一条记录',
  'anchor batches that are put into a folder': '锚定放入文件夹的批次',
  'compare files with what is anchored': '将文件与已锚定的内容比对',
  'what the rules make public: key emitters, institutions, rules': '依规公开的信息：重点排放单位、机构、规则',
  'twelve months a unit: missing, late, dated back, on default values': '各机组十二个月：缺报、迟报、倒签、使用默认值',
  'a figure, recomputed down to its sources': '数据项，逐级重算至来源',
  'what a record costs downstream, in tonnes': '某记录对下游的影响，以吨计',
  'make the receipt of a record': '取得记录的存证回执',
  'write the certificate of a record, a file or a folder (存证证书)': '生成记录、文件或文件夹的存证证书',
  'check a receipt offline': '离线核验存证回执',
  'open one figure and its path, and nothing else': '公开一个数据项及其路径，其余不公开',
  'check a figure proof offline': '离线核验单项数据证明',
  'Show which ledger this is, its height, the size of its log and the time of its last checkpoint.':
    '显示这是哪个账本、区块高度、日志大小和最近检查点的时间。',
  'the signed checkpoint of the log, or the policy to pin': '日志的已签名检查点，或应固定的核验策略',
  'check, test, compare, show and file a methodology': '检查、测试、比较、显示、填报方法学',
  'witness keys, timestamps, and evidence from an EVM chain': '见证密钥、时间戳，以及外部 EVM 链上的证据',
  'check a service that you do not trust': '核查一个您不信任的服务',
  'find out whether two auditors were shown one log': '查明两位审计人员看到的是否为同一日志',
  'rebuild everything from blocks and compare': '由区块重建全部内容并比对',
  'copy a ledger, also while it runs, and verify the copy': '复制账本（运行中亦可），并核验副本',
  'bring a ledger back from a backup, or refuse': '由备份恢复账本，不妥则拒绝',
  'private figures whose retention is over, and their purge': '保留期已满的非公开数据项，及其清除',
  'have records told to an address as they are committed': '记录提交后即通知指定地址',
  'who looked at private figures': '谁查看过非公开数据项',
  'Write the completion script of a shell.': '生成命令行自动补全脚本。',
  'Run the embedded ledger and its gateway in the foreground; Ctrl-C or SIGTERM stops it cleanly. A new folder is founded by the party of --as with a key of its own; --trial founds a trial ledger, whose parties sign with trial keys.':
    '在前台运行内嵌账本与服务；Ctrl-C 或 SIGTERM 正常停止。新文件夹由 --as 的主体以其密钥创立；--trial 创立试用账本，其主体以试用密钥签名。',
  'settings in YAML or JSON, by the names of these options (or CARBON_LEDGER_CONFIG)':
    'YAML 或 JSON 格式的设置，名称与这些选项相同（或 CARBON_LEDGER_CONFIG）',
  'look at all settings and the files that they name, tell every fault, and do not serve':
    '检查全部设置及其所指文件，列出所有错误，不启动服务',
  'data folder (default data/ledger, with --trial data/trial, with --fabric data/gateway)':
    '数据文件夹（默认 data/ledger，--trial 时 data/trial，--fabric 时 data/gateway）',
  'port, 0 for a free one (default 8080)': '端口，0 为任一空闲端口（默认 8080）',
  'address to listen on (default: 127.0.0.1)': '监听地址（默认 127.0.0.1）',
  'a trial ledger, whose parties sign with trial keys': '试用账本，其主体以试用密钥签名',
  "serve a Fabric network instead: gateway profile or common connection profile of one's own organisation":
    '改为服务于 Fabric 网络：本组织的 gateway 配置或通用连接配置',
  'fabric-gateway (default) or fabric-network, for peers without a gateway service':
    'fabric-gateway（默认）；节点没有 gateway 服务的用 fabric-network',
  'channel, where the profile does not say; of a new embedded ledger (default audit)':
    '通道，配置中未写明时；新建内嵌账本时亦用（默认 audit）',
  'chaincode, where the profile does not say; of a new embedded ledger (default carbon-audit-ledger)':
    '链码，配置中未写明时；新建内嵌账本时亦用（默认 carbon-audit-ledger）',
  'organisation of a new embedded ledger (default EmbeddedMSP)': '新建内嵌账本的组织（默认 EmbeddedMSP）',
  'port of the embedded peer on loopback, for other Fabric clients (default: a free one)':
    '内嵌节点在本机回环地址上的端口，供其他 Fabric 客户端使用（默认任一空闲端口）',
  "the gateway's certificate, where the profile does not say": '服务的证书，配置中未写明时',
  "the gateway's private key, where the profile does not say": '服务的私钥，配置中未写明时',
  'organisations that are asked to endorse; default: as the peer finds by policy':
    '请其背书的组织；默认由节点按策略确定',
  'embedded peer and gateway on one thread: less memory, less throughput':
    '内嵌节点与服务在同一线程：占用内存较少，吞吐量较低',
  'name of the founding authority of a new ledger': '新账本创立主管部门的名称',
  'witnesses, time-stamping authority, outside chain (docs/formats/witness.md)':
    '见证、时间戳机构、外部链（docs/formats/witness.md）',
  "cosign the log in one's own organisation's name at most this often; 0 does not (default 60 with --fabric, else 0)":
    '以本组织名义联署日志的最短间隔（秒）；0 为不联署（--fabric 时默认 60，否则 0）',
  'organisations whose cosignature the policy asks of every receipt (default: 0)':
    '策略要求每份回执须有其联署的组织（默认 0）',
  "take the place of the cosigning key registered for one's own organisation": '取代本组织已登记的联署密钥',
  'how long a start waits for a peer that is behind what was read before (default 300 with --fabric, else 0)':
    '启动时等待落后于先前读取进度的节点多久（--fabric 时默认 300，否则 0）',
  'what parties call this service, as https://ledger.example; repeat for more names. They sign in for these names and no others (default: the loopback names and --host)':
    '各主体访问本服务所用的名称，如 https://ledger.example；可重复。登录只认这些名称（默认：回环名称及 --host）',
  "the service's own certificate, those above it behind it, in PEM: it then speaks https; read again on SIGHUP and when it changes":
    '服务自身的证书，上级证书列在其后，PEM 格式：此后以 https 提供服务；收到 SIGHUP 或文件变化时重新读取',
  'the private key of that certificate': '该证书的私钥',
  'addresses or networks of the proxies in front, whose X-Forwarded-For is believed (default: none is)':
    '前置代理的地址或网段，采信其 X-Forwarded-For（默认：无）',
  'requests that one client may make in a minute (default 120000)': '一个客户端每分钟可发出的请求数（默认 120000）',
  'folder that all gateways of the organisation behind one balancer have in common: keys, sign-in, idempotency, webhooks':
    '同一负载均衡之后本组织各服务共用的文件夹：密钥、登录、幂等、通知',
  'gateways behind the balancer, over which the limits on clients are divided (default: 1)':
    '负载均衡之后的服务个数，对客户端的限额按此均分（默认 1）',
  'addresses or networks that webhooks may go to beside public ones (default: none; a registered URL reaches nothing inside)':
    '除公网外允许接收通知的地址或网段（默认：无；登记的 URL 不能访问内网）',
  'years that the log of who looked at private figures is kept (default: for ever)':
    '非公开数据项查看日志的保留年数（默认：永久）',
  'how long, once told to stop, it goes on answering while /readyz says NOT_READY, for a balancer to notice (default: 0)':
    '收到停止指令后继续应答多久，其间 /readyz 为 NOT_READY，供负载均衡发现（默认 0）',
  'level of the log on stderr; SIGUSR2 switches a running service to debug and back (default: warn)':
    'stderr 日志的级别；SIGUSR2 可使运行中的服务切换到 debug 并切回（默认 warn）',
  'Party keys in an encrypted keystore (Ethereum JSON keystore). A private key never leaves this machine.':
    '加密密钥库（以太坊 JSON keystore）中的主体密钥。私钥不会离开本机。',
  'Make a key for the party named by --as.': '为 --as 的主体生成密钥。',
  'the trial key of the party instead of a random one; it is marked as such':
    '使用该主体的试用密钥，不随机生成；会如此标明',
  'secp256k1 or sm2': 'secp256k1 或 sm2',
  'Take over a key of another program for the party named by --as: a JSON keystore (geth, Foundry, eth-account) or PEM with secp256k1 or SM2 (OpenSSL, GmSSL).':
    '为 --as 的主体接收其他程序的密钥：JSON keystore（geth、Foundry、eth-account），或含 secp256k1、SM2 的 PEM（OpenSSL、GmSSL）。',
  'keystore or PEM file': 'keystore 或 PEM 文件',
  'List the keys that are there; private keys stay closed.': '列出现有密钥；私钥不打开。',
  'Show the public part of the keys of a party, or of one key.': '显示主体各密钥或某一密钥的公开部分。',
  'USCC or key id': '统一社会信用代码或密钥标识',
  'Write what the registrar needs to enter the newest key of the party of --as: its id, its public part and its own signature over the registration (proof of possession). Nothing in it is secret.':
    '写出登记机关登记 --as 主体最新密钥所需的内容：密钥标识、公开部分，以及密钥自身对登记的签名（持有证明）。其中没有秘密。',
  'write it to a file, for `parties --set keys=@FILE`': '写入文件，供 `parties --set keys=@文件` 使用',
  'Give a stopped service another key. `log`: the old key signs that the new one takes its place, and is removed; what was signed last stays known, and whoever pinned the policy takes the new key by `log --handover`. `sessions`: everybody signs in anew.':
    '为已停止的服务更换密钥。`log`：旧密钥签名声明由新密钥接替，随后删除；此前签名的内容仍可核验，已固定策略者用 `log --handover` 接受新密钥。`sessions`：所有人须重新登录。',
  'log or sessions': 'log 或 sessions',
  'data folder of the service; of several gateways on one shared folder, of each':
    '服务的数据文件夹；共用一个文件夹的多个服务则分别给出',
  'the folder that several gateways share (serve --shared)': '多个服务共用的文件夹（serve --shared）',
  'where the handover of the log is written': '日志交接文件的写入位置',
  'Bring the records of a file in: a plant-year, or the export of another ledger.':
    '导入文件中的记录：企业年度，或另一账本的导出。',
  'Anchor a plant-year file, or a sector-year file of any methodology, each record signed by its own party, in few large submissions. Run twice, nothing is doubled. A file with faults is refused with all of them, and nothing is anchored.':
    '锚定企业年度文件，或任一方法学的行业年度文件，各记录由其主体签名，合并为少数大批提交。重复运行不会重复锚定。文件有错误时列出全部错误并拒绝，不锚定任何内容。',
};
