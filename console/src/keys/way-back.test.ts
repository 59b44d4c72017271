import { signInFrom, wayBack } from './way-back';

/** What the page of signing in is asked with, after its question mark. */
function asked(address: string): string {
  return address.split('?').slice(1).join('?');
}

describe('the way back from signing in', () => {
  it.each([
    ['/records', 'type=test-report&unit=U1', '/records?type=test-report&unit=U1'],
    ['/file/monthly-evidence', 'unit=U1&period=2025-01', '/file/monthly-evidence?unit=U1&period=2025-01'],
    ['/open-items', '', '/open-items'],
    ['/', '', '/inbox'],
    ['/sign-in', 'lang=en', '/inbox'],
    ['/sign-in', 'to=%2Fopen-items', '/open-items'],
  ])('leads from %s?%s to where one was', (place, search, back) => {
    expect(wayBack(asked(signInFrom(place, search)))).toBe(back);
  });

  it.each(['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', ''])(
    'never leaves the console: %s',
    (to) => {
      expect(wayBack(new URLSearchParams({ to }).toString())).toBe('/inbox');
    },
  );
});
