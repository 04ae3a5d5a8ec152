import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';

/** What differs between the packages of these tests; the rest of a spec file is the same for all. */
export interface Spec {
  name: string;
  epoch?: number;
  version?: string;
  requires?: string[];
  provides?: string[];
  /** Further lines of the preamble. */
  preamble?: string[];
  /** Shell lines that fill $RPM_BUILD_ROOT. */
  install?: string[];
  /** Lines of %files. */
  files?: string[];
}

/** Builds packages by rpmbuild in that directory, by one start of it a package, and returns the paths of the .rpm files. */
export function buildPackages(directory: string, specs: Spec[]): string[] {
  return specs.map((spec, i) => {
    const top = join(directory, `build-${i}`);
    mkdirSync(top, { recursive: true });
    const file = join(top, 'package.spec');
    writeFileSync(file, specFile(spec));
    const macros = { _topdir: top, __os_install_post: '%{nil}', _build_id_links: 'none' };
    const defines = Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
    command('rpmbuild', ['-bb', '--quiet', ...defines, file]);
    const built = join(top, 'RPMS', 'noarch');
    const [rpm] = readdirSync(built);
    if (rpm === undefined) throw new Error(`rpmbuild made no package of ${file}`);
    return join(built, rpm);
  });
}

export function specFile(spec: Spec): string {
  return [
    `Name: ${spec.name}`,
    ...(spec.epoch === undefined ? [] : [`Epoch: ${spec.epoch}`]),
    `Version: ${spec.version ?? '1'}`,
    'Release: 1',
    'Summary: For the tests',
    'License: Apache-2.0',
    'BuildArch: noarch',
    'AutoReqProv: no',
    ...(spec.requires ?? []).map((dependency) => `Requires: ${dependency}`),
    ...(spec.provides ?? []).map((dependency) => `Provides: ${dependency}`),
    ...(spec.preamble ?? []),
    '%description',
    'For the tests.',
    '%install',
    'cd "$RPM_BUILD_ROOT"',
    ...(spec.install ?? []),
    '%files',
    ...(spec.files ?? []),
    '',
  ].join('\n');
}
