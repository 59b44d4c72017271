import { fillPath, routes } from '@carbon-ledger/client-sdk';
import { paths } from './ledger';

test('the drop box asks the routes that the table has', () => {
  expect(paths.verify).toBe(routes.verify.path);
  expect(paths.policy).toBe(routes.getPolicy.path);
  expect(paths.certify).toBe(routes.certifyFolder.path);
  expect(paths.ledger).toBe(routes.getLedger.path);
  expect(paths.record('rec:a/b')).toBe(fillPath(routes.getRecord.path, { id: 'rec:a/b' }));
  expect(paths.party('91/x')).toBe(fillPath(routes.getParty.path, { uscc: '91/x' }));
});
