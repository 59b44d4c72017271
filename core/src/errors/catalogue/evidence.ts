import { entry } from './entry';

const keep = 'Keep the blocks and stores as they are; compare with another organisation’s peer.';
const keepZh = '保持区块和存储原样；与另一组织的节点比对。';

/** What fsck, audit, backup and restore find (docs/fsck.md). */
export const evidenceErrors = {
  BLOCK_MALFORMED: entry(
    422,
    1,
    'The block cannot be read, or holds more than a block.',
    '区块无法读取或含多余内容。',
    keep,
    keepZh,
  ),
  BLOCK_CHAIN_BROKEN: entry(422, 1, 'The block does not continue the chain.', '区块未接续前一区块。', keep, keepZh),
  BLOCK_DATA_MISMATCH: entry(
    422,
    1,
    'The transactions are not those of the block header.',
    '交易与区块头不符。',
    keep,
    keepZh,
  ),
  BLOCK_UNSIGNED: entry(422, 1, 'Too few orderers signed the block.', '区块的排序节点签名不足。', keep, keepZh),
  VALIDATION_CODE_WRONG: entry(
    422,
    1,
    'The transaction is marked with another outcome than its evidence gives.',
    '交易的验证结果与证据不符。',
    keep,
    keepZh,
  ),
  JUDGEMENT_MISMATCH: entry(
    422,
    1,
    'The transaction was committed, but the rules refuse it.',
    '交易已提交，但不符合规则。',
    keep,
    keepZh,
  ),
  STATE_MISMATCH: entry(
    422,
    1,
    'The transaction wrote something else than the rules give.',
    '交易写入的内容与规则结果不同。',
    keep,
    keepZh,
  ),
  PRIVATE_DATA_MISMATCH: entry(
    422,
    1,
    'The private figures are not those that the block commits to.',
    '私有数据与区块中的承诺不符。',
    keep,
    keepZh,
  ),
  LOG_MISMATCH: entry(422, 1, 'The log is not the one that the blocks give.', '日志与区块推导结果不符。', keep, keepZh),
  CHECKPOINT_MISMATCH: entry(
    422,
    1,
    'A signed checkpoint names another root than the blocks give.',
    '已签名检查点的根与区块推导结果不符。',
    keep,
    keepZh,
  ),
  PROJECTION_MISMATCH: entry(
    422,
    1,
    'The projection holds something else than the blocks give.',
    '投影内容与区块推导结果不符。',
    'Delete the projection folder while the service is stopped: it is rebuilt from blocks.',
    '停止服务后删除 projection 目录：它会由区块重建。',
  ),
  PEER_STORE_MISMATCH: entry(
    422,
    1,
    'The peer’s state or index is not the one that its blocks give.',
    '节点状态或索引与其区块不符。',
    'Restore the folder from a verified backup.',
    '从已核验的备份恢复该目录。',
  ),
  SPLIT_VIEW: entry(
    422,
    1,
    'Two signed checkpoints cannot be of one log: different histories were shown.',
    '两个已签名检查点不可能属于同一日志：存在分裂视图。',
    'Keep both notes: together they prove it.',
    '保留两份检查点：两者合起来即为证据。',
  ),
  BACKUP_DAMAGED: entry(
    422,
    1,
    'The backup is not what its manifest says.',
    '备份与其清单不符。',
    'Take another copy of the backup.',
    '另取一份备份副本。',
  ),
} as const;
