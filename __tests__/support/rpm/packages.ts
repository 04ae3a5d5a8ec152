import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../run.ts';

/** The parts of a spec file that differ between the packages of these tests. */
export interface Spec {
  name: string;
  epoch?: number;
  version?: string;
  license?: string;
  requires?: string[];
  provides?: string[];
  /** Further lines of the preamble. */
  preamble?: string[];
  /** Shell lines that fill $RPM_BUILD_ROOT. */
  install?: string[];
  /** Lines of %files. */
  files?: string[];
}

/** Builds each package by rpmbuild in a directory, and returns the paths of the .rpm files. */
export async function buildPackages(directory: string, specs: Spec[]): Promise<string[]> {
  const rpms: string[] = [];
  for (const [i, spec] of specs.entries()) {
    const top = join(directory, `build-${i}`);
    mkdirSync(top, { recursive: true });
    const file = join(top, 'package.spec');
    writeFileSync(file, specFile(spec));
    const macros = {
      ...{ _topdir: top, __os_install_post: '%{nil}', _build_id_links: 'none' },
      _binaries_in_noarch_packages_terminate_build: '0',
    };
    const defines = Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
    await must('rpmbuild', ['-bb', '--quiet', ...defines, file]);
    const built = join(top, 'RPMS', 'noarch');
    const [rpm] = readdirSync(built);
    if (rpm === undefined) throw new Error(`rpmbuild made no package of ${file}`);
    rpms.push(join(built, rpm));
  }
  return rpms;
}

export function specFile(spec: Spec): string {
  return [
    `Name: ${spec.name}`,
    ...(spec.epoch === undefined ? [] : [`Epoch: ${spec.epoch}`]),
    `Version: ${spec.version ?? '1'}`,
    'Release: 1',
    'Summary: For the tests',
    `License: ${spec.license ?? 'Apache-2.0'}`,
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
