import { LedgerError, recordTypeNames } from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { beginFiling, type Filing } from './draft';
import { fieldsOfType } from './fields';
import { draftOnce, toldFieldsOf, withTold } from './told';

const uscc = '91140000MA0FAKE01X';
const plant = { uscc, kind: 'enterprise', region: '140600' };
const objection: Filing = {
  ...beginFiling('objection', plant, new URLSearchParams('unit=U1&period=2024')),
  content: { grounds: '理由', notifiedOn: '', due: '' },
};

type Facts = Parameters<LedgerClient['draft']>[0];

function ledgerThatTells(content: Record<string, unknown>): { client: Pick<LedgerClient, 'draft'>; asked: Facts[] } {
  const asked: Facts[] = [];
  const draft = (facts: Facts): Promise<unknown> => {
    asked.push(facts);
    return Promise.resolve({ record: { content } });
  };
  return { client: { draft: draft as unknown as LedgerClient['draft'] }, asked };
}

describe('what the ledger tells of a form', () => {
  it('is filled in where it was left empty, and nothing else', async () => {
    const { client, asked } = ledgerThatTells({ grounds: 'other', notifiedOn: '2026-12-01', due: '2026-12-10' });
    const { filing, names } = await withTold(draftOnce(client, objection), objection);
    expect(filing.content).toEqual({ grounds: '理由', notifiedOn: '2026-12-01', due: '2026-12-10' });
    expect(names).toEqual(['notifiedOn', 'due']);
    expect(asked).toEqual([
      { type: 'objection', subject: { uscc, unit: 'U1', period: '2024' }, content: { grounds: '理由' }, cites: {} },
    ]);
  });

  it('leaves what somebody stated, and is not asked for where nothing is open', async () => {
    const { client, asked } = ledgerThatTells({ notifiedOn: '2026-12-01', due: '2026-12-10' });
    const stated = { ...objection, content: { ...objection.content, notifiedOn: '2026-11-30' } };
    expect((await withTold(draftOnce(client, objection), stated)).filing.content['notifiedOn']).toBe('2026-11-30');
    const whole = { ...objection, content: { grounds: 'a', notifiedOn: '2026-11-30', due: '2026-12-09' } };
    expect((await withTold(draftOnce(client, objection), whole)).names).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('is nothing where no draft can be made yet; any other failure is one', async () => {
    const failing = (error: Error): Pick<LedgerClient, 'draft'> => ({ draft: () => Promise.reject(error) });
    expect((await withTold(draftOnce(failing(new LedgerError('NOT_FOUND')), objection), objection)).names).toEqual([]);
    await expect(withTold(draftOnce(failing(new TypeError('broken')), objection), objection)).rejects.toThrow('broken');
  });

  it('and whether the step would be taken are asked for in one question', async () => {
    const { client, asked } = ledgerThatTells({});
    const drafting = draftOnce(client, objection);
    await withTold(drafting, objection);
    expect(await drafting()).toBe(await drafting());
    expect(asked).toHaveLength(1);
  });

  it.each(recordTypeNames)('of %s are fields of its form', (type) => {
    const names = fieldsOfType(type).map(({ name }) => name);
    expect(toldFieldsOf(type).filter((name) => !names.includes(name))).toEqual([]);
  });
});
