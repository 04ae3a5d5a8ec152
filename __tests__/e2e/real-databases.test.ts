import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Root } from '../../src/host/root.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { Installed } from '../../src/rpm/installed.ts';
import type { InstalledPackage } from '../../src/rpm/package.ts';
import { readInstalled } from '../../src/rpm/read-database.ts';
import { openDatabase } from '../support/layouts/databases.ts';
import { makeSkeleton, skeletonDatabase } from '../support/layouts/skeleton.ts';
import { planOf } from '../support/plan/host.ts';
import { scratch } from '../support/scratch.ts';
import { must } from '../support/run.ts';

/**
 * These tests are extra: they run where real RPM databases stand beside the checkout, and nothing else needs them.
 */
const databases = fileURLToPath(new URL('../../../shared/rpmdb', import.meta.url));

/** What no Python needs, though following every Requires leads to all of it. */
const neverNeeded = [
  ...['bash', 'coreutils', 'coreutils-single', 'filesystem', 'setup', 'grep', 'sed', 'gawk', 'basesystem'],
  ...['chkconfig', 'alternatives', 'p11-kit', 'system-release', 'centos-release', 'info'],
];

const hosts = [
  {
    name: 'al2023',
    python: 'python3',
    version: '3.9',
    interpreter: 'python3',
    modules: { 'python3dist(rpm)': 'python3-rpm', 'python3-dnf': 'python3-dnf' },
  },
  {
    name: 'centos8',
    python: 'python3',
    version: '3.6',
    interpreter: 'platform-python',
    modules: { psutil: 'python3-psutil', six: 'python3-six', 'python3-dnf': 'python3-dnf' },
  },
].filter(({ name }) => existsSync(join(databases, name)));

for (const { name, python, version, interpreter, modules } of hosts) {
  describe(`extra, on the real database ${name}`, () => {
    const directory = scratch();
    const root = join(directory, 'root');
    let installed: Installed;
    let bare: Plan;
    let plan: Plan;
    before(async () => {
      makeSkeleton(openDatabase(join(databases, name), join(directory, 'database')), root);
      const inside = new Root(root);
      installed = new Installed(inside, await readInstalled({ root: inside, dbpath: skeletonDatabase }));
      bare = planOf(installed, { python });
      plan = planOf(installed, { python, modules: Object.keys(modules) });
    });

    it('the interpreter is found', () => {
      assert.deepEqual([bare.interpreter.version, bare.interpreter.package.name], [version, interpreter]);
    });

    it('the modules are found by the names of packages, capabilities and distributions', () => {
      const found = plan.modules.map(({ word, package: pkg }) => [word, pkg.name]);
      assert.deepEqual(Object.fromEntries(found), modules);
      for (const { package: pkg } of plan.modules) assert.ok(plan.packages.has(pkg), pkg.name);
    });

    it('nothing goes in of what no Python needs', () => {
      const names = [...bare.packages.keys()].map((pkg) => pkg.name);
      assert.deepEqual(
        names.filter((packed) => neverNeeded.includes(packed)),
        [],
      );
      const left = bare.leftOut.map(({ package: pkg }) => pkg.name);
      assert.ok(left.includes('bash') && left.includes('filesystem'), left.join(' '));
    });

    it('what rpm itself says provides a library that a packed module needs goes in', () => {
      const database = join(root, skeletonDatabase);
      const query = (...args: string[]) =>
        command('rpm', ['--dbpath', database, '-q', ...args])
          .trim()
          .split('\n');
      for (const { interpreter: of, packages } of [bare, plan]) {
        const python = [...packages].filter(([pkg]) => isPythonic(pkg, of.version)).map(([pkg]) => pkg.name);
        const sonames = query('--requires', ...python).filter((name) =>
          /^lib\S+\.so\S*\(\)\(64bit\)$/.test(name),
        );
        const owners = query('--whatprovides', '--queryformat', '%{NAME}\\n', ...new Set(sonames));
        const names = new Set([...packages.keys()].map((pkg) => pkg.name));
        assert.ok(owners.length > 10, `${owners.length} libraries`);
        assert.deepEqual(
          owners.filter((owner) => !names.has(owner)),
          [],
        );
      }
    });

    it('less than two thirds of what following every Requires would bring goes in', () => {
      const closure = [...bare.packages.keys(), ...bare.leftOut.map((left) => left.package)];
      const bytes = closure
        .flatMap(({ files }) => files)
        .reduce((sum, { size, state }) => sum + (state === 0 ? size : 0), 0);
      const planned = bare.entries.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.size : 0), 0);
      assert.ok(planned > 10e6 && planned < (bytes * 2) / 3, `${planned} of ${bytes} bytes`);
    });
  });
}

function isPythonic({ files }: InstalledPackage, version: string): boolean {
  return files.some(({ path }) => path.includes(`/python${version}/`));
}
