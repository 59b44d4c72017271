import { fromBase64, toBase64, type ErrorCode, type Figure } from '@carbon-ledger/core';

interface MutableRecord {
  record: {
    issuer: string;
    type: string;
    subject: { period: string };
    totals: Record<string, { value: string }>;
    content: Record<string, unknown>;
  };
  logIndex: string;
  signed: { submission: number; place: number } | null;
}

/** A proof that a test may damage. */
export interface MutableProof {
  schema: string;
  figure: string;
  extent: string;
  ledger: string;
  checkpoint: string;
  records: MutableRecord[];
  logNodes: string;
  submissions: {
    party: string;
    keyId: string;
    signature: string;
    signedAt: string;
    recordCount: number;
    signer: number;
    nodes: string;
  }[];
  openings: { record: number; tree: string; figures: Figure[]; nodes: string }[];
  [extra: string]: unknown;
}

const flipped = (base64: string): string => {
  const bytes = fromBase64(base64);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return toBase64(bytes);
};
const shorter = (base64: string): string => toBase64(fromBase64(base64).subarray(32));
export const recordAt = (proof: MutableProof, type: string, period?: string): number =>
  proof.records.findIndex(
    ({ record }) => record.type === type && (period ?? record.subject.period) === record.subject.period,
  );
const openingOf = (proof: MutableProof, type: string): MutableProof['openings'][number] =>
  proof.openings.find(({ record }) => proof.records[record]?.record.type === type)!;

/** One thing that can be wrong with a figure proof, and the code by which it must fail. */
type Damage = readonly [name: string, code: ErrorCode, change: (proof: MutableProof) => void];

export function figureProofDamages(): readonly Damage[] {
  return [
    ['another version', 'UNSUPPORTED_VERSION', (p) => (p.schema = 'carbon-ledger/figure-proof/v2')],
    ['an extra field', 'PROOF_MALFORMED', (p) => (p.extra = 1)],
    ['another ledger', 'WRONG_LEDGER', (p) => (p.ledger = 'cd'.repeat(32))],
    [
      'a record edited',
      'ROOT_MISMATCH',
      (p) => (p.records[recordAt(p, 'annual-report')]!.record.totals.emission_tCO2!.value = '1'),
    ],
    ['a rule edited', 'ROOT_MISMATCH', (p) => (p.records[recordAt(p, 'parameter')]!.record.content.table = 'X')],
    [
      'a record moved',
      'ROOT_MISMATCH',
      (p) => (p.records.at(-1)!.logIndex = String(Number(p.records.at(-1)!.logIndex) + 1)),
    ],
    ['a record left out', 'INCLUSION_INVALID', (p) => p.records.pop()],
    ['records out of order', 'PROOF_MALFORMED', (p) => p.records.reverse()],
    ['a log hash altered', 'ROOT_MISMATCH', (p) => (p.logNodes = flipped(p.logNodes))],
    ['a log hash left out', 'INCLUSION_INVALID', (p) => (p.logNodes = shorter(p.logNodes))],
    ['a signature swapped', 'SIGNATURE_INVALID', (p) => (p.submissions[0]!.signature = p.submissions[1]!.signature)],
    ['a signing time edited', 'SIGNATURE_INVALID', (p) => (p.submissions[0]!.signedAt = '2026-11-21T08:00:01Z')],
    ['a place in a submission edited', 'SIGNATURE_INVALID', (p) => (p.records.at(-1)!.signed!.place += 1)],
    ['a record called unsigned', 'SIGNATURE_INVALID', (p) => (p.records.at(-1)!.signed = null)],
    ['a submission that is not there', 'SIGNATURE_INVALID', (p) => (p.records.at(-1)!.signed!.submission = 99)],
    [
      'a record in another’s submission',
      'ISSUER_MISMATCH',
      (p) => (p.records[recordAt(p, 'test-report')]!.signed = p.records[recordAt(p, 'annual-report')]!.signed),
    ],
    ['another signer', 'KEY_UNKNOWN', (p) => (p.submissions[0]!.signer = p.submissions[1]!.signer)],
    ['an unknown key', 'KEY_UNKNOWN', (p) => (p.submissions[0]!.keyId = `0x${'00'.repeat(20)}`)],
    [
      'a checkpoint of another origin',
      'CHECKPOINT_ORIGIN_MISMATCH',
      (p) => (p.checkpoint = p.checkpoint.replace('carbon-audit-ledger', 'x')),
    ],
    [
      'a checkpoint of another log key',
      'CHECKPOINT_UNSIGNED',
      (p) =>
        (p.checkpoint = p.checkpoint
          .split('\n')
          .filter((line) => !line.startsWith('— carbon'))
          .join('\n')),
    ],
    [
      'a figure edited',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').figures[0] = { ...openingOf(p, 'test-report').figures[0]!, value: '59.38' }),
    ],
    [
      'a salt edited',
      'FIGURES_ROOT_MISMATCH',
      (p) =>
        (openingOf(p, 'test-report').figures[0] = { ...openingOf(p, 'test-report').figures[0]!, salt: '0'.repeat(32) }),
    ],
    ['figures swapped', 'PROOF_MALFORMED', (p) => openingOf(p, 'test-report').figures.reverse()],
    [
      'a figure hash altered',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').nodes = flipped(openingOf(p, 'test-report').nodes)),
    ],
    [
      'a figure hash left out',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').nodes = shorter(openingOf(p, 'test-report').nodes)),
    ],
    [
      'an opening of another record',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').record = recordAt(p, 'monthly-evidence', '2024-12')),
    ],
    [
      'a figure named twice',
      'PROOF_MALFORMED',
      (p) => (openingOf(p, 'test-report').figures[1] = openingOf(p, 'test-report').figures[0]!),
    ],
    [
      'a closed figure called open',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').tree = openingOf(p, 'test-report').tree.replace('#', '.')),
    ],
    [
      'an open figure called closed',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').tree = openingOf(p, 'test-report').tree.replace('.', '#')),
    ],
    [
      'a closed part told as two',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').tree = openingOf(p, 'test-report').tree.replace('#', '/##')),
    ],
    [
      'a tree of another size',
      'FIGURES_ROOT_MISMATCH',
      (p) => (openingOf(p, 'test-report').tree = `/${openingOf(p, 'test-report').tree}#`),
    ],
    ['a size beside the tree', 'PROOF_MALFORMED', (p) => Object.assign(openingOf(p, 'test-report'), { size: 6 })],
    ['a mark that is none', 'PROOF_MALFORMED', (p) => (openingOf(p, 'test-report').tree += ' ')],
    [
      'an opening left out',
      'FIGURE_MISSING',
      (p) => (p.openings = p.openings.filter((one) => one !== openingOf(p, 'test-report'))),
    ],
    ['an opening twice', 'PROOF_MALFORMED', (p) => p.openings.push(openingOf(p, 'test-report'))],
    ['another figure', 'PROOF_MALFORMED', (p) => (p.figure = p.figure.replace('PLANT', 'U1'))],
    [
      'a figure that is not there',
      'FIGURE_MISSING',
      (p) => (p.figure = p.figure.replace('emission_tCO2', 'generation_MWh')),
    ],
    ['a record that is not there', 'NOT_FOUND', (p) => (p.figure = p.figure.replace('2024', '2023'))],
  ];
}
