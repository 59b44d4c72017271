import { partyKinds, recordTypeNames } from '@carbon-ledger/core';
import { menuOf } from './menu';
import { publicMenu } from './public-menu';

describe('menus', () => {
  it.each(partyKinds)('give %s an inbox, and lists of records that there are', (kind) => {
    const items = menuOf(kind, '91140000MA0FAKE01X');
    expect(items[0]?.href).toBe('/inbox');
    const types = items.flatMap(({ href }) => new URLSearchParams(href.split('?')[1] ?? '').get('type') ?? []);
    expect(types.filter((type) => !(recordTypeNames as readonly string[]).includes(type))).toEqual([]);
  });

  it('name each place once', () => {
    const places = [...publicMenu, ...menuOf('province-authority', '91140000MA0FAKE01X')].map(({ href }) => href);
    expect(new Set(places).size).toBe(places.length);
  });
});
