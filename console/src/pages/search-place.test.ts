import type { PartyView } from '@carbon-ledger/client-sdk';
import { placeOfSearch } from './search-place';

const party = (uscc: string, name: string, kind: string): PartyView => ({
  uscc,
  name,
  kind,
  region: '140100',
  trial: true,
  status: 'active',
  record: `rec:${'0'.repeat(64)}`,
  anchoredAt: '2025-01-01T00:00:00Z',
});
const parties = [party('91140000MA0FAKE01X', '某电厂', 'enterprise'), party('91140100MA0FAKE2XU', '某实验室', 'lab')];
const digits = 'a'.repeat(64);

it.each([
  ['', '/parties'],
  [`rec:${digits}`, `/records/rec:${digits}`],
  [` sha256:${digits} `, `/records?document=sha256:${digits}`],
  [
    '91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2',
    '/trace?figure=91140000MA0FAKE01X%2FPLANT%2F2024%2Fannual-report%23emission_tCO2',
  ],
  ['91140000MA0FAKE01X/-/-/party', '/records?key=91140000MA0FAKE01X%2F-%2F-%2Fparty'],
  ['某电厂', '/emitters/91140000MA0FAKE01X'],
  ['91140100ma0fake2xu', '/parties/91140100MA0FAKE2XU'],
  ['某', '/parties?find=%E6%9F%90'],
])('%s is looked up at %s', (typed, place) => {
  expect(placeOfSearch(typed, parties)).toBe(place);
});
