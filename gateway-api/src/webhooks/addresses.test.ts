import fc from 'fast-check';
import type { LookupAddress } from 'node:dns';
import { WebhookAddresses, type Resolve } from './addresses';

const to =
  (...addresses: readonly string[]): Resolve =>
  (_host, done) => {
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

/** What a connection would be made to, or why it is not. */
function connect(addresses: WebhookAddresses, host: string): Promise<string | LookupAddress[]> {
  return new Promise((resolve, reject) => {
    addresses.lookup(host, { all: false }, (error, address) => {
      if (error === null) resolve(address);
      else reject(error);
    });
  });
}

const inside = [
  '127.0.0.1',
  '127.255.1.2',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
];

describe('addresses of webhooks', () => {
  it.each(inside)('%s: not as an address, not behind a name', async (address) => {
    const url = `http://${address.includes(':') ? `[${address}]` : address}/`;
    const refused = { code: 'WEBHOOK_ADDRESS' };
    await expect(new WebhookAddresses().assertAllowed(url)).rejects.toMatchObject(refused);
    const named = new WebhookAddresses([], to(address));
    await expect(named.assertAllowed('https://hook.example/')).rejects.toMatchObject(refused);
    await expect(connect(named, 'hook.example')).rejects.toMatchObject(refused);
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/'])(
    '%s is an address in other figures',
    async (url) => {
      await expect(new WebhookAddresses().assertAllowed(url)).rejects.toMatchObject({ code: 'WEBHOOK_ADDRESS' });
    },
  );

  it.each([
    'ftp://hook.example/',
    'file:///etc/passwd',
    'hook.example',
    'http://u:p@hook.example/',
    'http://hook.example/#x',
  ])('refuses %s', async (url) => {
    const addresses = new WebhookAddresses([], to('93.184.216.34'));
    await expect(addresses.assertAllowed(url)).rejects.toMatchObject({ code: 'WEBHOOK_ADDRESS' });
  });

  it('takes public addresses', async () => {
    const addresses = new WebhookAddresses([], to('93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'));
    await addresses.assertAllowed('https://hook.example:8443/path?x=1');
    expect(await connect(addresses, 'hook.example')).toBe('93.184.216.34');
    await addresses.assertAllowed('https://93.184.216.34/');
  });

  it('looks again when it connects: a name that answers otherwise then gains nothing', async () => {
    const answers = [to('93.184.216.34'), to('127.0.0.1')];
    const addresses = new WebhookAddresses([], (host, done) => answers.shift()?.(host, done));
    await addresses.assertAllowed('https://rebound.example/');
    await expect(connect(addresses, 'rebound.example')).rejects.toMatchObject({ code: 'WEBHOOK_ADDRESS' });
  });

  it('refuses a name of which one address is inside, and one that has none', async () => {
    for (const answer of [to('93.184.216.34', '10.0.0.1'), to()])
      await expect(connect(new WebhookAddresses([], answer), 'hook.example')).rejects.toMatchObject({
        code: 'WEBHOOK_ADDRESS',
      });
  });

  it('takes networks that the operator names, and no others', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), (third, fourth) => {
        const addresses = new WebhookAddresses(['10.20.0.0/16', '127.0.0.1', 'fd00:1::/32']);
        addresses.assertLiteral(`http://10.20.${String(third)}.${String(fourth)}/`);
        addresses.assertLiteral(`http://[::ffff:10.20.${String(third)}.${String(fourth)}]/`);
        expect(() => {
          addresses.assertLiteral(`http://10.21.${String(third)}.${String(fourth)}/`);
        }).toThrow(expect.objectContaining({ code: 'WEBHOOK_ADDRESS' }) as Error);
      }),
    );
    expect(() => new WebhookAddresses(['10.0.0.0/33'])).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }) as Error,
    );
  });
});
