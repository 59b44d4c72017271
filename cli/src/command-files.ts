import type { Register } from './tool';

/** A command as the help of the whole tool lists it. What it is made of is loaded when it is named. */
export interface ListedCommand {
  readonly name: string;
  /** Behind the name in the list: its options and arguments. */
  readonly usage: string;
  readonly summary: string;
}

/** Commands that are registered together, from one file. */
interface CommandFile {
  readonly commands: readonly ListedCommand[];
  readonly load: () => Promise<Register>;
}

function from(load: () => Promise<Register>, ...commands: (readonly [string, string, string])[]): CommandFile {
  return { load, commands: commands.map(([name, usage, summary]) => ({ name, usage, summary })) };
}

/** Every command of the tool, in the order in which help lists them; a test compares what stands here with the commands. */
export const commandFiles: readonly CommandFile[] = [
  from(
    async () => (await import('./commands/serve.js')).registerServe,
    ['serve', '[options]', 'embedded ledger and gateway, in the foreground'],
  ),
  from(
    async () => (await import('./commands/keys.js')).registerKeys,
    ['keys', '', 'party keys in an encrypted keystore'],
  ),
  from(
    async () => (await import('./commands/import.js')).registerImport,
    ['import', '', 'anchor a whole plant-year, or carry a whole ledger over'],
  ),
  from(
    async () => (await import('./commands/export.js')).registerExport,
    ['export', '', 'write a whole ledger, or lists of what it holds, to a file'],
  ),
  from(
    async () => (await import('./commands/check.js')).registerCheck,
    ['check', '', 'compare a plant-year file with the ledger'],
  ),
  from(
    async () => (await import('./commands/screen.js')).registerScreen,
    ['screen', '[options] [file]', 'screen what is anchored, or a file before it is filed'],
  ),
  from(
    async () => (await import('./commands/template.js')).registerTemplate,
    ['template', '[options] <kind>', 'write an empty workbook of a form'],
  ),
  from(
    async () => (await import('./commands/reconcile.js')).registerReconcile,
    ['reconcile', '[options]', 'compare the files of both registries and the provinces with each other and the ledger'],
  ),
  from(
    async () => (await import('./commands/cross-check.js')).registerCrossCheck,
    ['cross-check', '[options] <file>', 'compare outside readings with anchored figures'],
  ),
  from(
    async () => (await import('./commands/inbox.js')).registerInbox,
    ['inbox', '[options]', 'what the party must do next, nearest day first'],
    ['actions', '[options] <record>', 'what may be done with a record now, and by whom'],
  ),
  from(
    async () => (await import('./commands/file.js')).registerFile,
    ['file', '[options] <type>', 'file a record: a guided form, or --from FILE'],
    ['review', '[options] <record>', 'accept, return or question what an enterprise filed'],
    ['object', '[options] <record>', 'apply for a decision about a conclusion or an issuance'],
    ['offset', '[options]', 'apply to offset emissions with CCER'],
    ['transfer', '[options]', 'book a transfer of allowances'],
    ['parties', '[options]', 'register a party, or a change of its keys'],
  ),
  from(
    async () => (await import('./commands/readings.js')).registerReadings,
    ['readings', '', 'readings of a meter: their batch, and one of them proved'],
  ),
  from(
    async () => (await import('./commands/inspect.js')).registerInspect,
    ['inspect', '', 'a flight check, from plan to report'],
  ),
  from(
    async () => (await import('./commands/list.js')).registerList,
    ['list', '[options]', 'records by type, party, state, time …'],
    ['search', '[options] <text>', 'records in which a text stands'],
    ['show', '<record>', 'one record in words'],
  ),
  from(
    async () => (await import('./commands/submissions.js')).registerSubmissions,
    ['submissions', '[options]', 'what was submitted, by whom and when'],
  ),
  from(
    async () => (await import('./commands/anchor.js')).registerAnchor,
    ['anchor', '[options] [files...]', 'anchor documents as one record'],
  ),
  from(
    async () => (await import('./commands/agent.js')).registerAgent,
    ['agent', '[options] <folder>', 'anchor batches that are put into a folder'],
  ),
  from(
    async () => (await import('./commands/verify.js')).registerVerify,
    ['verify', '[options] <files...>', 'compare files with what is anchored'],
  ),
  from(
    async () => (await import('./commands/public.js')).registerPublic,
    ['public', '', 'what the rules make public: key emitters, institutions, rules'],
    ['completeness', '[options]', 'twelve months a unit: missing, late, dated back, on default values'],
  ),
  from(
    async () => (await import('./commands/trace.js')).registerTrace,
    ['trace', '[options] <figure>', 'a figure, recomputed down to its sources'],
  ),
  from(
    async () => (await import('./commands/impact.js')).registerImpact,
    ['impact', '[options] <record>', 'what a record costs downstream, in tonnes'],
  ),
  from(
    async () => (await import('./commands/receipt.js')).registerReceipt,
    ['receipt', '[options] <record>', 'make the receipt of a record'],
  ),
  from(
    async () => (await import('./commands/certificate.js')).registerCertificate,
    [
      'certificate',
      '[options] <record|file|folder>',
      'write the certificate of a record, a file or a folder (存证证书)',
    ],
  ),
  from(
    async () => (await import('./commands/verify-receipt.js')).registerVerifyReceipt,
    ['verify-receipt', '[options] <file>', 'check a receipt offline'],
  ),
  from(
    async () => (await import('./commands/prove.js')).registerProve,
    ['prove', '[options] <figure>', 'open one figure and its path, and nothing else'],
  ),
  from(
    async () => (await import('./commands/verify-proof.js')).registerVerifyProof,
    ['verify-proof', '[options] <file>', 'check a figure proof offline'],
  ),
  from(
    async () => (await import('./commands/status.js')).registerStatus,
    ['status', '', 'Show which ledger this is, its height, the size of its log and the time of its last checkpoint.'],
  ),
  from(
    async () => (await import('./commands/log.js')).registerLog,
    ['log', '[options]', 'the signed checkpoint of the log, or the policy to pin'],
  ),
  from(
    async () => (await import('./commands/methodology.js')).registerMethodology,
    ['methodology', '', 'check, test, compare, show and file a methodology'],
  ),
  from(
    async () => (await import('./commands/outside.js')).registerOutside,
    ['outside', '', 'witness keys, timestamps, and evidence from an EVM chain'],
  ),
  from(
    async () => (await import('./commands/audit.js')).registerAudit,
    ['audit', '[options] <place>', 'check a service that you do not trust'],
  ),
  from(
    async () => (await import('./commands/compare.js')).registerCompare,
    ['compare', '[options] <a> <b>', 'find out whether two auditors were shown one log'],
  ),
  from(
    async () => (await import('./commands/fsck.js')).registerFsck,
    ['fsck', '[options]', 'rebuild everything from blocks and compare'],
  ),
  from(
    async () => (await import('./commands/backup.js')).registerBackup,
    ['backup', '[options]', 'copy a ledger, also while it runs, and verify the copy'],
  ),
  from(
    async () => (await import('./commands/restore.js')).registerRestore,
    ['restore', '[options] <backup>', 'bring a ledger back from a backup, or refuse'],
  ),
  from(
    async () => (await import('./commands/retention.js')).registerRetention,
    ['retention', '[options]', 'private figures whose retention is over, and their purge'],
  ),
  from(
    async () => (await import('./commands/webhooks.js')).registerWebhooks,
    ['webhooks', '', 'have records told to an address as they are committed'],
  ),
  from(
    async () => (await import('./commands/reads.js')).registerReads,
    ['reads', '[options]', 'who looked at private figures'],
  ),
  from(
    async () => (await import('./commands/completion.js')).registerCompletion,
    ['completion', '<shell>', 'Write the completion script of a shell.'],
  ),
];
