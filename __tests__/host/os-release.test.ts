import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readDistribution } from '../../src/host/os-release.ts';
import { openRoot } from '../../src/host/root.ts';
import { scratch } from '../support/scratch.ts';

describe('the command that installs packages asks no questions, as a workflow has no terminal:', () => {
  const directory = scratch();

  const cases: { name: string; programs: string[]; install: string }[] = [
    { name: 'dnf, even if yum is a link to it', programs: ['dnf', 'yum'], install: 'dnf -y install' },
    { name: 'microdnf of minimal images', programs: ['microdnf'], install: 'microdnf -y install' },
    { name: 'tdnf of Azure Linux', programs: ['tdnf'], install: 'tdnf -y install' },
    { name: 'yum', programs: ['yum'], install: 'yum -y install' },
    { name: 'zypper of SUSE', programs: ['zypper'], install: 'zypper --non-interactive install' },
    { name: 'dnf, if none of them is installed', programs: [], install: 'dnf -y install' },
  ];
  for (const [index, { name, programs, install }] of cases.entries()) {
    it(name, () => {
      const root = join(directory, `${index}`);
      mkdirSync(join(root, 'usr/bin'), { recursive: true });
      for (const program of programs) writeFileSync(join(root, 'usr/bin', program), '');
      assert.equal(readDistribution(openRoot(root)).install, install);
    });
  }
});
