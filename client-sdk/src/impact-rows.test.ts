import { impactRows } from './impact-rows';

const tonnes = {
  ...{ emission_tCO2: '1.5', preallocation_tCO2: '0', allowance_tCO2: '0', gap_tCO2: null },
  allowancesToBuy_tCO2: '0',
};
const counted = { records: 2, falls: 1, figures: 3, lost: 1 };
const row = { parties: ['91140000MA0FAKE01X'], ...counted, tonnes, accounts: [] };
const none = { change_t: '0', unknown: 0 };
const whole = {
  whole: {
    ...{ record: `rec:${'a'.repeat(64)}`, key: '91140000MA0FAKE01X/U1/2024-01/test-report', parties: 1, ...counted },
    tonnes: {
      ...{ emission_tCO2: { change_t: '1.5', unknown: 0 }, preallocation_tCO2: none, allowance_tCO2: none },
      ...{ gap_tCO2: { change_t: '0', unknown: 1 }, allowancesToBuy_tCO2: none },
    },
  },
};

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A response in pieces of so many characters. */
function responseOf(text: string, size: number): Response {
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    }),
  );
}

async function read(text: string, size = 7): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const one of impactRows(responseOf(text, size))) rows.push(one);
  return rows;
}

describe('the rows of an impact', () => {
  it.each([1, 7, 64, 10_000])('come as they are, in pieces of %i', async (size) => {
    expect(await read(line(row) + line(row) + line(whole), size)).toEqual([row, row, whole]);
  });

  it('are told as broken off where the whole is missing', async () => {
    for (const text of ['', line(row), line(row) + line(whole).slice(0, 20)])
      await expect(read(text)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:UNREACHABLE|BAD_ANSWER)$/) as string,
      });
    await expect(read(line(row))).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('are no rows where a line is another thing', async () => {
    for (const text of ['{"parties":["x"]}\n', 'no json\n', 'null\n', line({ ...row, lost: -1 })])
      await expect(read(text)).rejects.toMatchObject({ code: 'BAD_ANSWER' });
  });
});
