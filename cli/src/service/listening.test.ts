import { listeningError } from './listening';

const failed = (code: string): Error => Object.assign(new Error(code), { code });

it('tells a host that is none from a port that cannot be had', () => {
  for (const code of ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])
    expect(listeningError('nowhere.invalid', 8080, failed(code))).toMatchObject({ code: 'USAGE' });
  for (const code of ['EADDRINUSE', 'EACCES'])
    expect(listeningError('127.0.0.1', 80, failed(code))).toMatchObject({ code: 'PORT_TAKEN' });
  for (const other of [failed('EMFILE'), new Error('no'), undefined, 'EACCES'])
    expect(listeningError('127.0.0.1', 80, other)).toBeUndefined();
});
