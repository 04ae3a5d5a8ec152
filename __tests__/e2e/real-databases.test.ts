import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openRoot } from '../../src/host/root.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { Installed } from '../../src/rpm/installed.ts';
import type { InstalledPackage } from '../../src/rpm/package.ts';
import { readInstalled } from '../../src/rpm/read-database.ts';
import { openDatabase } from '../support/layouts/databases.ts';
import { makeSkeleton, skeletonDatabase } from '../support/layouts/skeleton.ts';
import { planOf } from '../support/plan/host.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

/** These extra tests only run if real RPM databases are in a folder beside the checkout. No other test needs them. */
const databases = fileURLToPath(new URL('../../../shared/rpmdb', import.meta.url));

/** Packages that no Python needs, although following every Requires leads to all of them. */
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
      await makeSkeleton(await openDatabase(join(databases, name), join(directory, 'database')), root);
      const inside = openRoot(root);
      installed = new Installed(inside, await readInstalled({ root: inside, dbpath: skeletonDatabase }));
      bare = await planOf(installed, { python });
      plan = await planOf(installed, { python, modules: Object.keys(modules) });
    });

    it('the interpreter is found', () => {
      assert.deepEqual([bare.interpreter.version, bare.interpreter.package.name], [version, interpreter]);
    });

    it('the modules are found by the names of packages, capabilities and distributions', () => {
      const found = plan.modules.map(({ request, package: pkg }) => [request, pkg.name]);
      assert.deepEqual(Object.fromEntries(found), modules);
      for (const { package: pkg } of plan.modules) assert.ok(plan.packages.has(pkg), pkg.name);
    });

    it('packages that no Python needs are not packed', () => {
      const names = [...bare.packages.keys()].map((pkg) => pkg.name);
      assert.deepEqual(
        names.filter((packed) => neverNeeded.includes(packed)),
        [],
      );
      const left = bare.leftOut.map(({ package: pkg }) => pkg.name);
      assert.ok(left.includes('bash') && left.includes('filesystem'), left.join(' '));
    });

    it('the packages that provide the needed libraries, according to rpm, are packed', async () => {
      const database = join(root, skeletonDatabase);
      const query = async (...args: string[]) => {
        const { stdout } = await must('rpm', ['--dbpath', database, '-q', ...args]);
        return stdout.toString().trim().split('\n');
      };
      for (const { interpreter: of, packages } of [bare, plan]) {
        const python = [...packages].filter(([pkg]) => hasModules(pkg, of.version)).map(([pkg]) => pkg.name);
        const required = await query('--requires', ...python);
        const sonames = required.filter((name) => /^lib\S+\.so\S*\(\)\(64bit\)$/.test(name));
        const owners = await query('--whatprovides', '--queryformat', '%{NAME}\\n', ...new Set(sonames));
        const names = new Set([...packages.keys()].map((pkg) => pkg.name));
        assert.ok(owners.length > 10, `${owners.length} libraries`);
        assert.deepEqual(
          owners.filter((owner) => !names.has(owner)),
          [],
        );
      }
    });

    it('less than two thirds of the files of all required packages are packed', () => {
      const closure = [...bare.packages.keys(), ...bare.leftOut.map((left) => left.package)];
      const bytes = closure
        .flatMap(({ files }) => files)
        .reduce((sum, { size, state }) => sum + (state === 0 ? size : 0), 0);
      const planned = bare.entries.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.size : 0), 0);
      assert.ok(planned > 10e6 && planned < (bytes * 2) / 3, `${planned} of ${bytes} bytes`);
    });
  });
}

function hasModules({ files }: InstalledPackage, version: string): boolean {
  return files.some(({ path }) => path.includes(`/python${version}/`));
}
