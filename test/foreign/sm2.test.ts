import { execFileSync, spawnSync } from 'node:child_process';
import { sm2Signer, toHex, utf8Encode, verifySm2 } from '@carbon-ledger/core';
import { onlyWhere } from '../support/only-where';

const python = process.platform === 'win32' ? 'python' : 'python3';
const has = spawnSync(python, ['-c', 'from gmssl import sm2']).status === 0;
const privateKey = new Uint8Array(32).fill(7);
const digest = utf8Encode('the 32 bytes that a party signs.');

onlyWhere(has ? undefined : 'no Python with gmssl', 'SM2 and gmssl', () => {
  const signer = sm2Signer(privateKey);
  const { keyId: id, publicKey } = signer;
  const ask = (program: string): string => {
    const keys = `sm2.CryptSM2(private_key="${toHex(privateKey)}", public_key="${publicKey.slice(2)}")`;
    const text = `from gmssl import sm2\nkey = ${keys}\nmessage = bytes.fromhex("${toHex(digest)}")\nprint(${program})`;
    return execFileSync(python, ['-c', text], { encoding: 'utf8' }).trim();
  };

  it('takes our signature, and none of other bytes', () => {
    const signature = signer.sign(digest).slice(2);
    expect(ask(`key.verify_with_sm3("${signature}", message)`)).toBe('True');
    expect(ask(`key.verify_with_sm3("${signature}", message + b".")`)).toBe('False');
  });

  it('makes one that we take', () => {
    const signature = `0x${ask('key.sign_with_sm3(message, "5a" * 32)')}`;
    expect(() => {
      verifySm2(digest, signature, { id, publicKey });
    }).not.toThrow();
    expect(() => {
      verifySm2(utf8Encode('other'), signature, { id, publicKey });
    }).toThrow('does not verify');
  });
});
