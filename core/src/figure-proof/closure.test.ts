import { ShelfSource } from '../provenance/testing/shelf-source';
import { someParties } from '../rulebook/testing/bench';
import { smallYear } from '../rulebook/testing/small-year';
import { citationClosure } from './closure';

const { all, annual, months } = smallYear;
const ids = async (figure: string, shelf = new ShelfSource(all)): Promise<string[]> =>
  (await citationClosure(shelf, figure)).map(({ id }) => id);

describe('the records that a figure can rest on', () => {
  it('are that of its key and all that is cited from there, each once', async () => {
    const found = await ids(`${annual.key}#emission_t`);
    expect([...found].sort()).toEqual(all.map(({ id }) => id).sort());
    expect(found[0]).toBe(annual.id);
  });

  it('are no others', async () => {
    const [january] = months;
    const found = await ids(`${january!.report.key}#Cad_pct`);
    expect(found).toEqual([january!.report.id, january!.receipt.id]);
  });

  it('leave out what the source does not hold: who makes a proof of it is told', async () => {
    const shelf = new ShelfSource(all);
    shelf.remove(months[0]!.report.id);
    expect(await ids(`${annual.key}#emission_t`, shelf)).not.toContain(months[0]!.receipt.id);
  });

  it('are asked for level by level, never twice', async () => {
    const shelf = new ShelfSource(all);
    await ids(`${annual.key}#emission_t`, shelf);
    const asked = shelf.asked.flat();
    expect(new Set(asked).size).toBe(asked.length);
    expect(shelf.asked.length).toBeLessThanOrEqual(4);
  });

  it('are of a key that is anchored, and of an address that is one', async () => {
    await expect(ids(`${someParties.enterprise}/U9/2024/annual-report#x`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ids('annual report')).rejects.toMatchObject({ code: 'BAD_FIGURE_ADDRESS' });
  });
});
