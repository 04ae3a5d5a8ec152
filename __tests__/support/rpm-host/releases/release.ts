import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { must } from '../../run.ts';
import type { RpmHost } from '../build.ts';
import { cached, digest, locked, recipe } from '../cache.ts';
import { Archive } from '../debian.ts';
import type { Source } from '../packages/source.ts';
import { buildRpms } from '../rpmbuild.ts';
import { say } from '../say.ts';
import { installTools } from '../tools.ts';

const database = '/usr/lib/sysimage/rpm';

/** A smaller host, made of files from another release of Debian than the machine's. */
export interface ReleaseHost {
  /** The release. The host's folder in the cache and the file that describes the host have its name. */
  release: string;
  /** Its age, compared with the main RPM host. */
  age: 'older' | 'newer';
  sources: readonly Source[];
  /** Programs in /usr/bin that must be able to import the host's modules. */
  pythons: readonly string[];
}

/** The host. It is built once and kept. */
export async function releaseHost(host: ReleaseHost): Promise<RpmHost> {
  const folder = await locked(`host-${host.release}`, () => build(host));
  return { root: join(folder, 'root'), dbpath: database };
}

/** The package that names the system. */
export function osRelease(age: ReleaseHost['age'], version: string): Source {
  const name = age === 'older' ? 'Older Linux' : 'Newer Linux';
  const text = `NAME="${name}"
ID=${age}
VERSION_ID=${version}
PRETTY_NAME="${name} ${version} (Relopack test host)"
`;
  return {
    name: `${age}-release`,
    version,
    license: 'MIT',
    texts: { '/usr/lib/os-release': text },
    links: { '/etc/os-release': '../usr/lib/os-release' },
    packages: [{ name: `${age}-release`, provides: ['system-release'] }],
  };
}

async function build({ release, age, sources, pythons }: ReleaseHost): Promise<string> {
  await installTools();
  const archive = await Archive.open(release);
  const names = [...new Set(sources.flatMap(({ debs = [] }) => debs))];
  const candidates = await archive.candidates(names);
  const own = [`releases/${release}.ts`, 'releases/release.ts'];
  const parts = await recipe(...own, 'rpmbuild.ts', 'layout.ts', 'packages/base.ts');
  return cached(`${release}-host`, digest(parts, ...candidates.sort()), async (folder) => {
    const materials = { debs: await archive.packages(names), cpython: '' };
    say(`packaging ${age === 'older' ? 'an older' : 'a newer'} host`);
    const waiting = [...sources];
    const work = async () => {
      for (let source = waiting.shift(); source !== undefined; source = waiting.shift())
        await buildRpms(source, materials, join(folder, 'rpms', source.name));
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    const rpms = await readdir(join(folder, 'rpms'), { recursive: true });
    const paths = rpms.filter((name) => name.endsWith('.rpm')).map((name) => join(folder, 'rpms', name));
    const root = join(folder, 'root');
    await must('mkdir', [root]);
    await must('rpm', ['--root', root, '--dbpath', database, '--install', ...paths.sort()]);
    await must('chroot', [root, '/sbin/ldconfig']);
    const imports = 'import ssl, ctypes, curses, readline, sqlite3';
    for (const python of pythons) await must('chroot', [root, `/usr/bin/${python}`, '-B', '-c', imports]);
    await must('rm', ['-r', join(folder, 'rpms')]);
  });
}
