import { digestBytes } from '@carbon-ledger/core';
import { FakeGateway } from './fake-gateway';
import { lab, sampleReceipt, testReport } from './trial-world';

/** The laboratory's document as it is anchored, and with a digit changed. */
export const file = Buffer.from('report of the laboratory, page 1');
export const changed = Buffer.from('report of the laboratory, page 2');
export const document = {
  role: 'report',
  name: 'report-2024-01.txt',
  mediaType: 'text/plain',
  size: '32',
  ...digestBytes(file),
};

export const receipt = sampleReceipt('U1');
export const report = testReport(receipt, [document]);

/** A gateway on whose ledger the sample's receipt and the laboratory's report stand, last in the log. */
export async function startWithReport(options: Parameters<typeof FakeGateway.start>[0] = {}): Promise<FakeGateway> {
  const fake = await FakeGateway.start(options);
  const draft = { records: [receipt.record, report.record], figures: { [report.id]: report.figures } };
  await fake.client(lab).anchor(draft);
  return fake;
}
