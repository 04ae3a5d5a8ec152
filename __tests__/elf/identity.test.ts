import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ElfIdentity, elfIdentity, isElf, sameIdentity } from '../../src/elf/identity.ts';
import { elfHeader } from '../support/elf/synthetic/synthetic.ts';

test('an ELF file is recognized by its first four bytes', () => {
  assert.equal(isElf(Buffer.from('\x7fELF', 'latin1')), true);
  assert.equal(isElf(Buffer.from('\x7fEL', 'latin1')), false);
  assert.equal(isElf(Buffer.from('#!/bin/sh\n')), false);
  assert.equal(isElf(Buffer.alloc(0)), false);
});

for (const [title, bytes, expected] of [
  ['x86-64', elfHeader(2, 1, 62), { class: 64, littleEndian: true, machine: 62 }],
  ['i386', elfHeader(1, 1, 3), { class: 32, littleEndian: true, machine: 3 }],
  ['s390x', elfHeader(2, 2, 22), { class: 64, littleEndian: false, machine: 22 }],
  ['a class that does not exist', elfHeader(3, 1, 62), undefined],
  ['a header of 19 bytes', elfHeader(2, 1, 62).subarray(0, 19), undefined],
  ['a script', Buffer.from('#!/usr/bin/python3 -s\nimport sys\n'), undefined],
] as const) {
  test(`the first bytes of ${title} ${expected === undefined ? 'have no identity' : 'give its identity'}`, () => {
    assert.deepEqual(elfIdentity(bytes), expected);
  });
}

test('the identity is read from the middle of a larger buffer', () => {
  const bytes = elfHeader(2, 1, 62);
  const larger = Buffer.concat([Buffer.alloc(33), bytes]);
  assert.deepEqual(elfIdentity(larger.subarray(33)), elfIdentity(bytes));
});

const x8664: ElfIdentity = { class: 64, littleEndian: true, machine: 62 };
for (const [title, other, expected] of [
  ['the same kind', { ...x8664 }, true],
  ['another class', { ...x8664, class: 32 }, false],
  ['another byte order', { ...x8664, littleEndian: false }, false],
  ['another machine', { ...x8664, machine: 183 }, false],
  ['no ELF file', undefined, false],
] as const) {
  test(`a file of ${title} ${expected ? 'can' : 'cannot'} be loaded into the same process`, () => {
    assert.equal(sameIdentity(x8664, other), expected);
    assert.equal(sameIdentity(other, x8664), expected);
  });
}
