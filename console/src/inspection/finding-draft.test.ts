import { findingAddress, findingFiling } from './finding-draft';

const inspector = { uscc: '11140000MA0FAKE05Q', kind: 'inspector', region: '140000' };
const record = `rec:${'a'.repeat(64)}`;
const key = '91140000MA0FAKE01X/U1/2024-09/monthly-evidence';

describe('a finding that was noted on the spot', () => {
  const noted = {
    ...{ key, record, document: '入炉煤.xlsx', figure: 'FC_t', unit: 't', anchored: '96445.57', found: '97445.57' },
    ...{ clause: '核算指南 6.1', seen: '与皮带秤读数不符', at: '2026-11-29T10:00:00.000Z' },
  };

  it('is bound to the record, its document and its figure, with both values', () => {
    expect(findingFiling(noted, inspector)).toMatchObject({
      type: 'finding',
      subject: { uscc: '91140000MA0FAKE01X', unit: 'U1', period: '2024-09' },
      cites: { evidence: [record] },
      content: {
        ...{ clause: '核算指南 6.1', seen: '与皮带秤读数不符' },
        documents: [{ record: key, document: '入炉煤.xlsx' }],
        figures: [{ record: key, figure: 'FC_t', unit: 't', decimals: 2 }],
      },
      figures: { 'anchored.1': '96445.57', 'found.1': '97445.57' },
    });
  });

  it('leaves what was seen out of the address', () => {
    const address = decodeURIComponent(findingAddress(noted));
    for (const secret of ['皮带秤', '97445', '核算指南', '入炉煤']) expect(address).not.toContain(secret);
    expect(address).toContain(`cite.evidence=${record}`);
  });

  it('is another draft than the next one about the same record', () => {
    expect(findingAddress(noted)).not.toBe(findingAddress({ ...noted, at: '2026-11-29T10:05:00.000Z' }));
  });

  it('begins empty where only the record is known; what is about the party is about the plant', () => {
    const filing = findingFiling({ key: '91140000MA0FAKE01X/-/2024/engagement.testing', record }, inspector);
    expect(filing).toMatchObject({ subject: { unit: 'PLANT' }, figures: {}, content: { figures: [], documents: [] } });
  });
});
