import { z } from 'zod';
import type { Fault } from '../../errors';
import { contentFault, textSchema, titled } from '../content';
import { firstEdition } from '../edition-number';
import type { ConditionInput, RecordTypeSpec } from '../spec';

const ruleEditionContent = z.strictObject({
  edition: titled(z.int().min(1).max(9999), 'Edition', '规则版次'),
  notice: titled(textSchema, 'Notice', '发布通知'),
});
export type RuleEditionContent = z.infer<typeof ruleEditionContent>;

/** Editions follow on each other; whether this contract knows the edition is asked by the judge. */
async function orderFaults({ content, state }: ConditionInput<RuleEditionContent>): Promise<Fault[]> {
  const inForce = (await state.get('edition', ''))?.edition ?? firstEdition;
  return content.edition === inForce + 1
    ? []
    : [
        contentFault('edition', `edition ${String(inForce)} is in force; the next is ${String(inForce + 1)}`, {
          inForce,
        }),
      ];
}

/** 规则版次: from this record on, everything is judged by another edition of the rules. What stands keeps its own. */
export const ruleEdition: RecordTypeSpec<RuleEditionContent> = {
  type: 'rule-edition',
  title: { en: 'Edition of the rules', zh: '规则版次' },
  content: ruleEditionContent,
  filed: [{ by: 'national-authority', as: 'self' }],
  unit: 'none',
  period: 'none',
  process: 'continued',
  cites: () => [],
  effects: ({ content }) => [{ do: 'set-edition', edition: content.edition }],
  undo: 'refused',
  conditions: orderFaults,
  example: { edition: 2, notice: '关于启用新版校验规则的通知' },
};
