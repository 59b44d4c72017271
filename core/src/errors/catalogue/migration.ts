import { entry } from './entry';

/** Carrying the records of one ledger into another. */
export const migrationErrors = {
  BAD_STATEMENT: entry(
    400,
    1,
    'The migration statement is not what an earlier ledger and its founder give.',
    '迁移声明与原账本及其创建者不符。',
    'Make it anew with carbon-ledger import ledger, from an export of the earlier ledger.',
    '用 carbon-ledger import ledger 由原账本的导出文件重新生成。',
  ),
  IMPORT_OPEN: entry(
    409,
    1,
    'The ledger is taking over the records of an earlier one; nothing else can be anchored until all are there.',
    '账本正在迁入原账本的记录，完成之前不接受其他提交。',
    'Finish it: run carbon-ledger import ledger with the same file again.',
    '完成导入：以同一文件再次运行 carbon-ledger import ledger。',
  ),
  IMPORT_CLOSED: entry(
    409,
    1,
    'No import is open on this ledger.',
    '该账本没有进行中的迁入。',
    'A ledger takes over records only at its founding; see docs/migration.md.',
    '账本只在创立时接收迁入记录；见 docs/migration.md。',
  ),
  IMPORT_MISMATCH: entry(
    409,
    1,
    'The records are not the next ones of the ledger that the migration statement names.',
    '记录不是迁移声明所指账本的后续记录。',
    'Use the export that the import was opened with, unchanged.',
    '使用开始导入时的那份导出文件，且不得改动。',
  ),
  IMPORT_TIME_OUT_OF_RANGE: entry(
    422,
    1,
    'A transaction of the earlier ledger says to have been anchored later than now.',
    '原账本的交易时间晚于当前时间。',
    'Check the clock of the machine that imports. If it is right, the earlier ledger states a time that it cannot have: export it up to a checkpoint before that transaction, or ask its operator.',
    '检查导入机器的时钟。若时钟无误，则原账本声明了不可能的时间：导出至该交易之前的检查点，或询问其运营方。',
  ),
  EXPORT_INCOMPLETE: entry(
    403,
    1,
    'Private figures that the export needs are not open to this party.',
    '导出所需的部分非公开数据项未向该主体开放。',
    'Export as a party to which all figures are open, such as the founding authority: --as USCC.',
    '以可见全部数据的主体导出，例如创立主管部门：--as USCC。',
  ),
  EXPORT_DAMAGED: entry(
    400,
    1,
    'The export of a ledger does not hold what its ledger signed.',
    '账本导出文件与原账本签名内容不符。',
    'See every place that is told; export again from the earlier ledger.',
    '见所列各处；请由原账本重新导出。',
  ),
} as const;
