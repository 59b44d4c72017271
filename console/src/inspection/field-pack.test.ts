import type { FieldPack } from '@carbon-ledger/core';
import { pageWithPack } from './field-pack';

const pack: FieldPack = {
  schema: 'carbon-ledger/field-pack/v1',
  ledger: 'a'.repeat(64),
  madeAt: '2026-11-29T10:00:00.000Z',
  plants: [{ uscc: '91140000MA0FAKE01X', name: "</script><script>alert('$&')</script>" }],
  years: ['2024'],
  policy: {},
  records: [],
  receipts: {},
};

describe('a page that takes a pack along', () => {
  it('has it in the one place for it, and no name can end that place', () => {
    const page = '<main></main><script type="application/json" id="pack"></script><script>run()</script>';
    const filled = pageWithPack(page, pack);
    const [, json = ''] = /id="pack">(.*?)<\/script><script>run\(\)/.exec(filled) ?? [];
    expect(JSON.parse(json)).toEqual(pack);
    expect(filled.match(/<script/g)).toHaveLength(2);
  });

  it('is made of no page that has no place for it', () => {
    expect(() => pageWithPack('<main></main>', pack)).toThrow('no place');
  });
});
