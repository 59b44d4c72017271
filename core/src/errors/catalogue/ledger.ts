import { entry } from './entry';

/** The ledger itself. */
export const ledgerErrors = {
  NOT_SENT: entry(
    503,
    3,
    'The transaction was not sent; nothing was anchored.',
    '交易未发送，未锚定任何内容。',
    'Try again.',
  ),
  OUTCOME_UNKNOWN: entry(
    202,
    3,
    'The transaction was sent; its outcome is not known yet.',
    '交易已发送，结果未知。',
    'Look the transaction id up before sending anything again.',
  ),
  COMMIT_INVALID: entry(
    409,
    1,
    'The transaction was committed as invalid; it wrote nothing.',
    '交易提交为无效，未写入任何内容。',
    'See the validation code; a read conflict may be tried again.',
  ),
  ENDORSEMENT_FAILED: entry(
    502,
    3,
    'The peers did not endorse the transaction.',
    '节点未背书该交易。',
    'See the reason; check peers and chaincode.',
  ),
  UNREACHABLE: entry(
    503,
    3,
    'The service cannot be reached.',
    '无法连接服务。',
    'Start it with npm start or carbon-ledger serve, or give its address with --url.',
  ),
  BAD_ANSWER: entry(
    502,
    3,
    'The service answers something that its interface does not say.',
    '服务的应答与接口定义不符。',
    'Check the address and the versions of both sides; do not rely on the answer.',
  ),
  NOT_READY: entry(503, 3, 'The service is starting or stopping.', '服务正在启动或停止。', 'Try again in a moment.'),
  FOLDER_LOCKED: entry(
    503,
    3,
    'Another process uses this data folder.',
    '另一个进程正在使用该数据目录。',
    'Stop it, or choose another folder with --data.',
  ),
  DISK_FULL: entry(
    507,
    3,
    'The disk is full, or its quota is used up; what was anchored before stays anchored.',
    '磁盘空间或配额已用尽；此前已锚定的内容保持不变。',
    'Make room on the disk that holds the folder, then run or start it again: nothing has to be rebuilt.',
  ),
  STORE_CORRUPT: entry(
    500,
    3,
    'A store does not hold what it must.',
    '存储内容与预期不符。',
    'Stop, keep a copy of the folder, and rebuild from blocks.',
  ),
  ROLLED_BACK: entry(
    503,
    3,
    'The ledger is behind what was signed or read before; nothing is signed.',
    '账本落后于此前已签名或已读取的内容，拒绝签名。',
    'A restored folder: restore a newer copy (docs/backup.md). A Fabric network: wait until the peer has caught up, or name another one (serve --peer-wait). Another history under the same sizes would be found out.',
  ),
  BLOCKS_MISSING: entry(
    503,
    3,
    'The peer joined by a snapshot and holds no earlier blocks, which are needed here.',
    '该节点以快照加入，缺少所需的早期区块。',
    'Name peers that hold all blocks, of other organisations too, as `archives` of the gateway profile (network/README.md), or read from another peer.',
  ),
  INTERNAL: entry(500, 3, 'Something went wrong inside.', '内部错误。', 'Report it with the request id.'),
} as const;
