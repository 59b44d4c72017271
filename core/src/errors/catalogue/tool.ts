import { entry } from './entry';

/** The command line. */
export const toolErrors = {
  USAGE: entry(400, 2, 'The command was not called correctly.', '命令用法不正确。', 'See carbon-ledger --help.'),
  FILE_UNREADABLE: entry(
    400,
    2,
    'The file or folder cannot be read or written.',
    '无法读取或写入该文件或目录。',
    'Check the path and its permissions.',
  ),
  FILE_FORBIDDEN: entry(
    400,
    2,
    'The file or folder may not be read or written by this user.',
    '当前用户无权读取或写入该文件或目录。',
    'Change its owner or permissions (chown, chmod), or run as the user that owns it; a read-only file system must be mounted for writing.',
  ),
  KEY_NOT_HELD: entry(
    400,
    2,
    'The keystore holds no key of this party.',
    '密钥库中没有该主体的密钥。',
    'Make one with carbon-ledger keys new --as USCC, or name the folder with --keystore.',
  ),
  PASSPHRASE_WRONG: entry(
    400,
    2,
    'The passphrase does not open the key.',
    '口令无法打开该密钥。',
    'Type it again, or set CARBON_LEDGER_PASSPHRASE or CARBON_LEDGER_PASSPHRASE_FILE.',
  ),
  POLICY_NOT_PINNED: entry(
    400,
    3,
    'No policy is pinned that says whose log to trust.',
    '未固定核验策略，无法确定信任哪个日志。',
    'Save it once from a service that you trust: carbon-ledger log --policy -o policy.json; then give --policy policy.json.',
  ),
  PORT_TAKEN: entry(
    503,
    3,
    'The port cannot be listened on: another program uses it, or it is not allowed.',
    '无法监听该端口：已被其他程序占用，或无权使用。',
    'Stop the other program, or choose another port: PORT=8090 npm start, or --port 8090.',
  ),
  NOT_A_TRIAL: entry(
    409,
    1,
    'This is not a trial ledger: trial keys are of no use on it.',
    '这不是试用账本，不能使用试用密钥。',
    'Sign with keys of your own keystore (carbon-ledger keys new).',
  ),
  INTERRUPTED: entry(
    499,
    3,
    'Stopped before the end; what was anchored stays anchored.',
    '操作中止；已锚定的内容保持不变。',
    'Run the same command again: it goes on where it stopped.',
  ),
} as const;
