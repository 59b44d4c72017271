import type { BuiltRecord } from '@carbon-ledger/core';
import { ComplianceYear } from '../compliance';
import type { Market, Story } from '../market';

/** The registry takes its own slip back. */
function reversal(market: Market, reversed: BuiltRecord): BuiltRecord {
  const { kind, issuer, subject, content } = reversed.record;
  const { serialFrom, serialTo, qty, purpose } = content;
  return market.make('ccer-reversal', issuer, {
    ...{ kind: `ccer-reversal.${kind.replaceAll('.', '_')}`, subject, cites: { reversed: [reversed] } },
    content: { serialFrom, serialTo, qty, ...(purpose === undefined ? {} : { purpose }), statement: '录入错误' },
  });
}

/** 2019–20: applied for, confirmed, cancelled by the enterprise's own will, chosen in the surrender, booked. */
export const offsetOf2021: Story = {
  title: 'an offset in the eight steps of 2021',
  tag: 'A2',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, { 'offset.cancelTo': '20250301' });
    const { final } = await year.issued(2_000_000);
    const lot = year.lot(50_000);
    await market.file(lot);
    expect(await market.refused(year.cancel(lot, '1', [1, 4000]))).toEqual(['OVER_CONFIRMED /content/qty']);
    expect(await market.refused(year.application(lot, 4000, [], { enterpriseName: '别家' }))).toEqual([
      'BAD_RECORD /content/enterpriseName',
    ]);
    await year.confirmed(lot, 4000);
    expect(await market.refused(year.cancel(lot, '1', [1, 4001]))).toEqual(['OVER_CONFIRMED /content/qty']);
    const late = year.cancel(lot, '1', [1, 4000], { cancelledOn: '2025-03-02' });
    expect(await market.refused(late)).toEqual(['RULE_REFUSED /content/cancelledOn']);

    const slip = year.cancel(lot, '1', [1, 400]);
    await market.file(slip);
    await market.file(reversal(market, slip));
    const cancelled = year.cancel(lot, '2', [1, 4000]);
    await market.file(cancelled);
    const surrender = year.surrender(final.plant, [{ qty: '1000' }], [cancelled]);
    await market.file(surrender);
    expect(await market.refused(year.booking(surrender, cancelled, { qty: '3999' }))).toEqual([
      'RULE_REFUSED /content/qty',
    ]);
    await market.file(year.booking(surrender, cancelled));
    expect(await market.state('ccer-cancellation', cancelled)).toBe('BOOKED');
    expect(await market.refused(reversal(market, cancelled))).toEqual(['STATE_CONFLICT /cites/0']);
  },
};

/** 2021–22: frozen, synced, applied for, confirmed, cancelled in part and then the rest; what is left is released. */
export const offsetOf2023: Story = {
  title: 'an offset by the procedure of 2023, cancelled in part and then the rest',
  tag: 'A3',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, { 'offset.freeze': '1', 'offset.sync': '1' });
    const lot = year.lot(50_000);
    await market.file(lot);
    expect(await market.refused(year.application(lot, 3000))).toEqual(['SERIAL_FROZEN /content/rows/0/qty']);
    const freeze = year.freeze(lot, 'f', 1, 3000);
    await market.file(freeze);
    expect(await market.refused(year.freeze(lot, 'g', 3000, 3001))).toEqual(['SERIAL_OVERLAP /content/serialFrom']);
    expect(await market.refused(year.application(lot, 3000, [freeze]))).toEqual(['STATE_CONFLICT /cites']);
    await market.file(year.sync(freeze, 'f'));
    await year.confirmed(lot, 3000, [freeze]);
    expect(await market.state('ccer-freeze', freeze)).toBe('CONFIRMED');

    expect(await market.refused(year.cancel(lot, '1', [1, 1200]))).toEqual(['SERIAL_FROZEN /content/serialFrom']);
    const through = { 'ccer-freeze': [freeze] };
    await market.file(year.cancel(lot, '1', [401, 1600], {}, through));
    const again = year.cancel(lot, '2', [1600, 1700], {}, through);
    expect(await market.refused(again)).toEqual(['SERIAL_FROZEN /content/serialFrom']);
    await market.file(year.cancel(lot, '2', [1601, 3000], {}, through));
    await market.file(year.cancel(lot, '3', [1, 100], {}, through));
    await market.file(year.release(freeze, 'f'));
    // What was released is free again, for another purpose too.
    await market.file(year.cancel(lot, '4', [101, 400], { purpose: 'voluntary' }));
  },
};

/** What was confirmed is released again: the province takes its confirmation back, and the enterprise applies with what it freezes then. */
export const offsetTakenBack: Story = {
  title: 'an offset whose freeze is released after it was confirmed, applied for anew',
  tag: 'AB',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, { 'offset.freeze': '1' });
    const lot = year.lot(50_000);
    await market.file(lot);
    const first = year.freeze(lot, 'f', 1, 3000);
    const application = year.application(lot, 3000, [first]);
    const { subject, content } = application.record;
    const decided = (of: BuiltRecord, freeze: readonly BuiltRecord[], decision: string, version = 1): BuiltRecord =>
      market.make('offset-confirmation', market.province, {
        ...{ subject, version, cites: { ...year.offsetCites, application: [of], 'ccer-freeze': freeze } },
        content: decision === 'confirm' ? { decision, confirmed_t: '3000' } : { decision, reason: '已解冻' },
      });
    await market.file(first);
    await market.file(application);
    await market.file(decided(application, [first], 'confirm'));
    await market.file(year.release(first, 'f'));
    const second = year.freeze(lot, 'g', 1001, 4000);
    const anew = market.make('offset-application', application.record.issuer, {
      ...{ subject, content, version: 2, cites: { ...year.offsetCites, 'ccer-freeze': [second] } },
    });
    await market.file(second);
    expect(await market.refused(anew)).toEqual(['KEY_TAKEN /version']);
    expect(await market.refused(decided(application, [first], 'refuse', 2))).toEqual(['STATE_CONFLICT /cites/3']);
    await market.file(decided(application, [], 'refuse', 2));
    expect(await market.refused(year.cancel(lot, '1', [1, 10]))).toEqual([
      'SERIAL_FROZEN /content/serialFrom',
      'OVER_CONFIRMED /content/qty',
    ]);
    await market.file(anew);
    await market.file(decided(anew, [second], 'confirm', 3));
    await market.file(year.cancel(lot, '1', [1001, 1010], {}, { 'ccer-freeze': [second] }));
    // What was cancelled on it holds it.
    expect(await market.refused(decided(anew, [], 'refuse', 4))).toEqual(['OVER_CONFIRMED /content/decision']);
  },
};

/** 2023–24 and the draft for 2025: two registries, and lots of a day that the year admits. */
export const offsetOf2025: Story = {
  title: 'an offset by the procedure of 2025, of lots that the year admits',
  tag: 'A4',
  play: async (market) => {
    const terms = { 'ccer.registeredFrom': '20240122', 'ccer.earlierUntil': '20250228', 'offset.syncEarlier': '1' };
    const year = await ComplianceYear.verified(market, terms);
    const { final } = await year.issued(2_000_000);
    const wrong = year.lot(5000, { registeredOn: '2024-01-21', track: 'earlier' });
    await market.file(wrong);
    await year.confirmed(wrong, 2000);
    const refused = year.cancel(wrong, '1', [1, 2000], { track: 'earlier' });
    expect(await market.refused(refused)).toEqual(['RULE_REFUSED /cites', 'RULE_REFUSED /content/cancelledOn']);
    await market.file(reversal(market, wrong));
    const lot = market.make('ccer-lot', wrong.record.issuer, {
      ...{ kind: 'ccer-lot.A', subject: wrong.record.subject, version: 2 },
      content: { ...wrong.record.content, registeredOn: '2024-01-22' },
    });
    await market.file(lot);
    const cancelled = year.cancel(lot, '1', [1, 2000], { track: 'earlier', cancelledOn: '2025-02-28' });
    await market.file(cancelled);
    const surrender = year.surrender(final.plant, [{ qty: '1' }], [cancelled]);
    await market.file(surrender);
    expect(await market.refused(year.booking(surrender, cancelled))).toEqual(['STATE_CONFLICT /cites']);
    await market.file(year.sync(cancelled, 's'));
    await market.file(year.booking(surrender, cancelled));
    expect(await market.state('ccer-cancellation', cancelled)).toBe('BOOKED');
  },
};

/** The cap itself is taken, one tonne above it is not; then less is verified, and what was within the cap is beyond it. */
export const capOvershoot: Story = {
  title: 'exactly 5 % and one tonne more, and a revision downward after the surrender',
  tag: 'A5',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, {});
    const { pre, final } = await year.issued(2_000_000);
    const lot = year.lot(90_000);
    await market.file(lot);
    const cap = Math.floor((year.due * 5) / 100);
    expect(await market.refused(year.application(lot, cap + 1))).toEqual(['OVER_CAP /content/applied_t']);
    await year.confirmed(lot, cap);
    const most = year.cancel(lot, '1', [1, cap - 500]);
    const rest = year.cancel(lot, '2', [cap - 499, cap]);
    await market.file(most, rest);
    const allowances = String(year.due - cap);
    const surrender = year.surrender(final.plant, [{ qty: allowances }], [most, rest]);
    await market.file(surrender);
    const bookings = [year.booking(surrender, most), year.booking(surrender, rest)];
    for (const booking of bookings) await market.file(booking);

    await year.revise(20_000);
    const overshoot = cap - Math.floor((year.due * 5) / 100);
    expect(overshoot).toBe(1000);
    const adjusted = await year.determined(pre, final);
    expect(await market.state('allowances', final.plant)).toBe('AMENDED');
    await market.file(await year.credit(adjusted.plant));

    const silent = year.settled('clearing', surrender, final.plant, { allowances_t: allowances, ccer_t: String(cap) });
    expect((await market.refused(silent)).slice(0, 3)).toEqual([
      'FIGURE_MISMATCH /content/ccer_t',
      'FIGURE_MISMATCH /content/overshoot_t',
      'OVER_CAP /content/overshootBookings',
    ]);
    const overshootBookings = [...bookings].reverse().map(({ key }) => key);
    const met = {
      ...{ allowances_t: allowances, ccer_t: String(cap - overshoot) },
      ...{ overshoot_t: String(overshoot), overshootBookings },
    };
    const clearing = year.settled('clearing', surrender, final.plant, met, bookings);
    const handBack = (await market.get('allocation', year.key))?.handBack ?? '0';
    expect(handBack).not.toBe('0');
    expect(await market.refused(clearing)).toEqual(['STATE_CONFLICT /content/allowances_t']);
    await market.file(year.transfer({ how: 'hand-back', quantity_t: handBack }));
    const inPart = year.settled('clearing', surrender, final.plant, met, bookings.slice(1));
    expect(await market.refused(inPart)).toEqual(['CITATION_MISMATCH /cites']);
    await market.file(clearing);
    expect(await market.state('allowances', final.plant)).toBe('CLEARED');
  },
};
