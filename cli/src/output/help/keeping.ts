/** Chinese of audit, backup, retention and what is told. */
export const keepingWords: Readonly<Record<string, string>> = {
  'Check a service from outside: its signed checkpoint, that it continues what you saw before, its tiles, and records drawn by lot with their receipts. What you saw is kept in your own small state file; the log key comes from the pinned policy.\nExits 0 when all holds, 1 when something is wrong or a record breaks a rule, 3 when it cannot be told.':
    '从外部核查服务：已签名检查点、其接续您先前所见、其日志分片，以及抽取的记录与回执。所见内容保存在您自己的小状态文件中；日志密钥取自固定的核验策略。\n全部成立退出码为 0，有误或有记录违反规则为 1，无法判定为 3。',
  'address of the service, or a folder with a copy of its log': '服务地址，或存有其日志副本的文件夹',
  'what you saw before': '您先前所见',
  'the pinned policy; needed at the first audit': '固定的核验策略；首次核查时须有',
  "the log's new key, on the word of the one that you knew (keys rotate log)":
    '凭您所知的旧密钥接受日志的新密钥（keys rotate log）',
  'records to draw': '抽取的记录数',
  'what the draw is made from (default: new random bytes)': '抽取所用的种子（默认：新的随机字节）',
  'recompute the root from every leaf': '由每个叶子重算根',
  'keep the checkpoint, to compare with others': '保存检查点，供与他人比对',
  'Compare what two auditors saw: state files of audit, or signed checkpoints. Two roots for one size are a split view and prove it; where the sizes differ, --log gives the tiles that lead from one to the other.\nExits 0 for one log, 1 for a split view, 3 when it cannot be told.':
    '比对两位审计人员所见：audit 的状态文件或已签名检查点。同一大小有两个根即为分叉，并由此证明；大小不同时，--log 给出由一个到另一个的日志分片。\n同一日志退出码为 0，分叉为 1，无法判定为 3。',
  'audit state or checkpoint of one auditor': '一位审计人员的核查状态或检查点',
  'audit state or checkpoint of the other': '另一位的核查状态或检查点',
  'the pinned policy; needed for checkpoints': '固定的核验策略；比对检查点时须有',
  'Rebuild the ledger from its blocks alone: header chain, data hashes, signatures of orderers, creators, endorsers and parties, outcomes, authority, figures, log, state; and compare with checkpoints, projection and peer state. Nothing is changed. A service that runs on --data must be stopped first; a running peer is read with --peer.\nExits 0 when all holds, 1 when something is wrong, 3 when the evidence cannot be read.':
    '仅由区块重建账本：区块头链、数据哈希、排序者、提交者、背书者与主体的签名、结果、权限、数据项、日志、状态；并与检查点、投影和节点状态比对。不作任何改动。正在使用 --data 的服务须先停止；运行中的节点以 --peer 读取。\n全部成立退出码为 0，有误为 1，证据无法读取为 3。',
  'data folder of an embedded ledger that is stopped': '已停止的内嵌账本的数据文件夹',
  'folder of block files (NUMBER.block)': '区块文件夹（编号.block）',
  'gateway profile of an organisation: read from its peer': '组织的 gateway 配置：由其节点读取',
  'name of the contract on the channel (default: as in the profile, or carbon-audit-ledger)':
    '通道上合约的名称（默认按配置，或 carbon-audit-ledger）',
  'data folder of a stopped gateway: hold its projection and signatures to the blocks':
    '已停止服务的数据文件夹：将其投影与签名对照区块',
  'keep what was derived here, and go on from it the next time': '保留此次推导的结果，下次由此继续',
  'signed checkpoints that must lead to the same log': '须通向同一日志的已签名检查点',
  'the pinned policy that the checkpoints must be signed under': '检查点须按其签名的固定策略',
  'threads that check beside the replay (default: one for each core)': '与重放并行核验的线程数（默认每核一个）',
  'Copy the blocks, state, private data, identities, guard and keys of an embedded ledger as of one block, with a manifest of digests, and verify the copy as fsck does. A service that runs on the folder goes on: run this as its user on its machine. The projection is left out: blocks give it anew. The folder gets its name only when the copy is in order.':
    '复制内嵌账本截至某一区块的区块、状态、非公开数据、身份、防护记录与密钥，附摘要清单，并按 fsck 核验副本。正在使用该文件夹的服务照常运行：请在其机器上以其用户运行。不含投影，可由区块重建。副本无误后文件夹才取得其名称。',
  'data folder of the ledger': '账本的数据文件夹',
  'folder to make': '新建的文件夹',
  'an earlier backup, whose unchanged parts are linked, not written again': '先前的备份，未变的部分以链接代替写入',
  'leave private keys out; they must be kept elsewhere': '不含私钥；须另行保存',
  'Bring a ledger back from a backup into a folder that holds none. It is verified first, against its manifest and as fsck does, and against everything that is known to have been signed: the guard folder of the old machine, if it is put into the new data folder, and checkpoints that others saw. A backup that is behind one of them is refused, because to go on from it would be to sign a second history.':
    '由备份将账本恢复到尚无账本的文件夹。先对照清单并按 fsck 核验，再与一切已知的签名核对：放入新数据文件夹的旧机器防护文件夹，以及他人见过的检查点。落后于其中任一者的备份予以拒绝，因为由此继续就会签出第二份历史。',
  'folder that backup made': 'backup 生成的文件夹',
  'data folder to make': '新建的数据文件夹',
  'restore into a folder for the purpose, verify it, remove it again: to know that it can be done':
    '恢复到临时文件夹，核验后删除：以知确能恢复',
  'the latest signed checkpoint that anybody saw': '任何人见过的最近已签名检查点',
  'the pinned policy that the checkpoints must be signed under; a backup whose log key gave its place is refused':
    '检查点须按其签名的固定策略；日志密钥已让位的备份予以拒绝',
  'answer for it that no checkpoint beyond the backup was ever given out': '保证从未对外给出过备份之后的检查点',
  'Lists the transactions whose private figures were kept long enough; with --purge every member of the collection forgets these figures for ever. Records, hashes, roots and receipts stay. Only the founding authority may (--as).':
    '列出非公开数据项保留期已满的交易；有 --purge 时，集合的各成员永久清除这些数据项。记录、哈希、根与回执保留。只能由创立主管部门办理（--as）。',
  'years that figures are kept; the law asks for 5': '数据项的保留年数；法定为 5 年',
  'purge them': '予以清除',
  'Addresses of the party of --as to which the service tells records as they are committed, signed as Standard Webhooks; each order is signed with its key.':
    '--as 主体的通知地址，记录一经提交即由服务通知，按 Standard Webhooks 签名；每项指令以其密钥签名。',
  'Register an address. The secret with which what is told is signed is shown once.':
    '登记地址。通知签名所用的秘密只显示一次。',
  'http or https URL': 'http 或 https URL',
  'only records of these types': '只通知这些类型的记录',
  'only records about these parties': '只通知关于这些主体的记录',
  'only what brings a record to one of these states (docs/lifecycles.md)':
    '只通知使记录进入这些状态的（docs/lifecycles.md）',
  'log index of the first record that is told': '所通知的第一条记录的日志序号',
  'List them and how delivery goes; exits 1 where one was given up.': '列出各地址及投递情况；有已放弃的退出码为 1。',
  'Go on with one that was given up, or tell again from a log index on.':
    '继续已放弃的投递，或自某一日志序号起重新通知。',
  'its id': '其标识',
  'Remove one; nothing is told to it any more.': '删除地址；不再通知。',
  "Who looked at private figures of the records of the party of --as, by the gateway that is asked, newest first. With --data, for its operator: the log in a gateway's folder, all of it, and whether its chain of hashes is whole; exits 1 where it is not.":
    '谁查看过 --as 主体记录的非公开数据项，以所询问的服务为限，新者在前。有 --data 时供其运营者使用：服务文件夹中的全部查看日志，及其哈希链是否完整；不完整退出码为 1。',
  'also what the party looked at itself': '也列出该主体自己的查看',
  "data folder of a gateway: its operator's look at the log itself": '服务的数据文件夹：由其运营者查看日志本身',
  'with --data: folder in which the head of the log is kept apart (default its guard)':
    '与 --data 合用：单独保存日志头的文件夹（默认其防护文件夹）',
  'with --data: only what this party looked at': '与 --data 合用：只列该主体查看的',
  'with --data: only records about this party, or filed by it': '与 --data 合用：只列关于该主体或由其填报的记录',
  'how many, the newest': '最近多少条',
  'bash, zsh, fish': 'bash、zsh 或 fish',
};
