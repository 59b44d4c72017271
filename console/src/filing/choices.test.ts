import { faultsOf, faultWords, recordTypes } from '@carbon-ledger/core';
import { titledChoices } from './choices';
import { fieldsOfType } from './fields';

const told = (type: keyof typeof recordTypes, content: unknown, language: 'zh' | 'en'): string[] => {
  const { error } = recordTypes[type].content.safeParse(content);
  const faults = error === undefined ? [] : faultsOf('BAD_RECORD', error, '/content');
  return faults.map((fault) => faultWords(titledChoices(fieldsOfType(type), fault, language), language));
};

describe('what can be chosen', () => {
  it('is told as the form shows it, in both languages', () => {
    const { example } = recordTypes.closure;
    const without = { ...(example as object), outcome: undefined };
    expect(told('closure', without, 'zh').join()).toMatch(/只能从中选择：整改已核实、退回整改、销号$/);
    expect(told('closure', without, 'en').join()).toContain('Rectification verified, Sent back, Closed');
  });

  it('changes nothing where nothing is chosen', () => {
    const fault = { path: '/content/statement', code: 'BAD_RECORD', message: 'this is missing: give text' } as const;
    expect(titledChoices(fieldsOfType('closure'), fault, 'zh')).toBe(fault);
  });
});
