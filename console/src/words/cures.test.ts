import { catalogue, type ErrorCode } from '@carbon-ledger/core';
import { cureOf } from './cures';

/** What only who has a terminal or writes a program can follow. */
const terminal = /--[a-z]|carbon-ledger|\/v1\/|npm |docs\/|\bserve\b|\.json/;

test.each(Object.keys(catalogue) as ErrorCode[])('the cure of %s can be followed on a page', (code) => {
  const { zh, en } = cureOf(code);
  expect([zh, en].filter((text) => terminal.test(text))).toEqual([]);
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(en).not.toMatch(/\p{Script=Han}/u);
});

test('what the catalogue says is said here too, where it names no command', () => {
  expect(cureOf('NOT_FOUND').en).toBe(catalogue.NOT_FOUND.cure);
});
