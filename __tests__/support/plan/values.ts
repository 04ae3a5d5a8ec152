import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openRoot } from '../../../src/host/root.ts';
import type { Interpreter } from '../../../src/python/interpreter.ts';
import { type Dependency, Sense } from '../../../src/rpm/dependency.ts';
import { Installed } from '../../../src/rpm/installed.ts';
import type { InstalledFile, InstalledPackage } from '../../../src/rpm/package.ts';
import { scratch } from '../scratch.ts';

const senses: Record<string, number> = {
  '<': Sense.less,
  '<=': Sense.less | Sense.equal,
  '=': Sense.equal,
  '>=': Sense.greater | Sense.equal,
  '>': Sense.greater,
};

/** Reads `NAME` or `NAME >= EVR`, as in a spec file. A rich dependency stays one name. */
export function dependency(text: string, flags = 0): Dependency {
  if (text.startsWith('(')) return { name: text, flags, evr: '' };
  const [name = '', sense = '', evr = ''] = text.split(' ');
  return { name, flags: flags | (senses[sense] ?? 0), evr };
}

/** A package of the RPM database with the facts that a test is about, and defaults for all others. */
export function installedPackage(
  name: string,
  about: {
    evr?: string;
    arch?: string;
    requires?: (string | Dependency)[];
    provides?: string[];
    files?: (string | (Partial<InstalledFile> & { path: string }))[];
  } = {},
): InstalledPackage {
  const { evr = '1-1', arch = 'noarch', requires = [], provides = [], files = [] } = about;
  const none = { license: '', sourceRpm: '', url: '', vendor: '', buildTime: 0, digestAlgorithm: 'sha256' };
  return {
    ...none,
    name,
    evr,
    arch,
    requires: requires.map((text) => (typeof text === 'string' ? dependency(text) : text)),
    provides: [dependency(`${name} = ${evr}`), ...provides.map((text) => dependency(text))],
    files: files.map((file) => ({
      ...{ mode: 0o100644, size: 1, mtime: 0, digest: '', flags: 0, state: 0 },
      ...(typeof file === 'string' ? { path: file } : file),
    })),
  };
}

/** The packages in a new root with their files. */
export function installedIn(packages: InstalledPackage[]): Installed {
  const root = scratch();
  for (const path of packages.flatMap(({ files }) => files.map((file) => file.path))) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), 'file');
  }
  return new Installed(openRoot(root), packages);
}

/** An interpreter with the usual names and paths, which do not exist. */
export function interpreterOf(pkg: InstalledPackage, version: string): Interpreter {
  return {
    path: `/usr/bin/python${version}`,
    version,
    release: `${version}.0`,
    prefix: '/usr',
    stdlib: `/usr/lib64/python${version}`,
    loader: '/usr/lib64/ld.so',
    identity: { class: 64, littleEndian: true, machine: 62 },
    package: pkg,
    named: [],
  };
}
