import type { Story } from '../market';

/** A verifier whose engagement is taken back before it concludes, and given again: between the two it may say nothing. */
export const endedEngagement: Story = {
  title: 'a verifier whose engagement ends and comes back',
  tag: 'L2',
  play: async (market) => {
    const { plant, unit } = await market.reportedYear();
    const { verifier } = market;
    const raised = market.make('nonconformity', verifier.uscc, {
      ...{ kind: 'nonconformity.1', subject: plant.record.subject, cites: { 'annual-report': [plant] } },
      content: {
        clause: '5.2.1',
        figure: 'emission_tCO2',
        finding: '煤量原始记录缺失',
        cause: '皮带秤故障',
        found: market.today,
        answerBy: '2099-12-31',
      },
    });
    const engagement = market.verification;
    await market.file(market.revocation(engagement));
    expect(await market.refused(market.conclusion(plant))).toEqual(['NOT_ALLOWED_TO_FILE /subject/uscc']);
    expect(await market.refused(raised)).toEqual(['NOT_ALLOWED_TO_FILE /subject/uscc']);
    await market.file(market.engaged('verification', verifier.uscc, market.province, 2));
    await market.file(market.conclusion(unit));
    expect(await market.state('annual-report', unit)).toBe('CONCLUDED');
  },
};

/** Off the list of key emitters and on it again: allowances and offsets are for listed enterprises. */
export const offTheList: Story = {
  title: 'an enterprise that is taken off the list and put back',
  tag: 'L3',
  play: async (market) => {
    await market.file(market.plan());
    const pre = market.make('allowance-issuance', market.province, {
      ...{ kind: 'allowance-issuance.pre', cites: market.rules },
      ...{ content: { phase: 'pre', notice: '预分配通知' }, figures: { verified2023_tCO2: '2000000' } },
    });
    await market.file(market.listing(false, '长期停产', 2));
    expect(await market.refused(pre)).toContain('NOT_LISTED /subject/uscc');
    await market.file(market.listing(true, '恢复生产', 3));
    await market.file(pre);
    expect(await market.state('allowances', pre)).toBe('PRE_ALLOCATED');
  },
};

/** A laboratory that is suspended and comes back. What it said before stands; meanwhile it says nothing. */
export const suspendedLab: Story = {
  title: 'a laboratory that is suspended and comes back',
  tag: 'L4',
  play: async (market) => {
    const plan = market.plan();
    await market.file(plan);
    const [receipt, report] = market.tested('2024-11');
    await market.file(receipt, report);
    await market.setStatus(market.lab, 'suspended', 2);
    const [next, later] = market.tested('2024-12');
    expect(await market.refused(next)).toEqual(['PARTY_SUSPENDED ']);
    await market.file(market.evidence(plan, report, '2024-11'));
    await market.setStatus(market.lab, 'active', 3);
    await market.file(next, later);
    await market.file(market.evidence(plan, later, '2024-12'));
  },
};

/** An accepted plan that is revised for a lawful reason: months before it rest on a plan that does not stand any more. */
export const revisedPlan: Story = {
  title: 'an accepted plan that is revised within the year',
  tag: 'L5',
  play: async (market) => {
    const plan = market.plan();
    await market.file(plan);
    await market.file(market.review(plan, { decision: 'accept' }));
    const [receipt, report] = market.tested('2024-11');
    await market.file(receipt, report);
    const month = market.evidence(plan, report, '2024-11');
    await market.file(month);
    expect(await market.refused(market.plan({ boiler: '循环流化床' }, 2))).toEqual(['KEY_TAKEN /version']);
    expect(await market.refused(market.supersession(plan))).toEqual(['BAD_RECORD /content/revision']);
    await market.file(market.supersession(plan, 'CORRECTION', { revision: 'BETTER_METER' }));
    expect(await market.state('quality-control-plan', plan)).toBe('REVISING');
    const [second, december] = market.tested('2024-12');
    await market.file(second, december);
    expect(await market.refused(market.evidence(plan, december, '2024-12'))).toEqual(['CITATION_NOT_CURRENT /cites/2']);
    const revised = market.plan({ coalPriority: '1' }, 2);
    await market.file(revised);
    await market.file(market.review(revised, { decision: 'accept' }, 'province', 2));
    await market.file(market.evidence(revised, december, '2024-12'));
    // The month that was filed before is filed again by the plan in force.
    await market.file(market.supersession(month));
    await market.file(market.evidence(revised, report, '2024-11', { version: 2 }));
  },
};
