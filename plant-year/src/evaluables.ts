import type { Evaluable } from './evaluate';
import type { PlanRecord } from './plan';

/** The planned records as the evaluation takes them. */
export function evaluablesOf(plan: readonly PlanRecord[]): Evaluable[] {
  return plan.map((record) => ({
    key: record.key,
    record: {
      type: record.type,
      issuer: record.issuer,
      subject: record.subject,
      kind: record.kind,
      content: { ...record.content },
    },
    cites: record.cites,
    figures: record.figures,
  }));
}
