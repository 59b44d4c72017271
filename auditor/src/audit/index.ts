export { audit, type AuditOptions, type AuditOutcome, type AuditReport } from './audit';
export { compareKept, readKept, type Comparison, type KeptCheckpoint } from './compare';
export { openFolderLog, openServiceLog, type LogSource } from './log-source';
export { assertSamePolicy, readSeen, writeSeen, type Seen, type SeenCheckpoint } from './seen';
