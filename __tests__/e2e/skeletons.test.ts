import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { ElfIdentity } from '../../src/elf/identity.ts';
import { openRoot } from '../../src/host/root.ts';
import { Installed } from '../../src/rpm/installed.ts';
import { readInstalled } from '../../src/rpm/read-database.ts';
import { openDatabase } from '../support/layouts/databases.ts';
import { makeSkeleton, skeletonDatabase } from '../support/layouts/skeleton.ts';
import { stubElf } from '../support/layouts/stub.ts';
import { planOf } from '../support/plan/host.ts';
import { buildPackages, type Spec } from '../support/rpm/packages.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const x86: ElfIdentity = { class: 64, littleEndian: true, machine: 62 };
const s390x: ElfIdentity = { class: 64, littleEndian: false, machine: 22 };

/** A file with these bytes, a link, or a directory. */
type Content = { bytes: Buffer } | { link: string } | 'directory';

let count = 0;

/** A package with these files. */
function packageOf(name: string, contents: Record<string, Content>, provides: string[] = []): Spec {
  const install: string[] = [];
  const files: string[] = [];
  for (const [path, content] of Object.entries(contents)) {
    install.push(`mkdir -p .${dirname(path)}`);
    if (content === 'directory') install.push(`mkdir -p .${path}`);
    else if ('link' in content) install.push(`ln -s ${content.link} .${path}`);
    else {
      count += 1;
      const source = join(directory, `file-${count}`);
      writeFileSync(source, content.bytes);
      install.push(`cp "${source}" .${path}`);
    }
    files.push(content === 'directory' ? `%dir ${path}` : path);
  }
  return { name, provides, install, files };
}

function stub(identity: ElfIdentity, soname?: string, interpreter?: string): Content {
  return { bytes: stubElf(identity, { soname, interpreter, needed: [] }) };
}

const empty: Content = { bytes: Buffer.alloc(0) };

interface Shape {
  identity: ElfIdentity;
  /** The path of ld.so. */
  loader: string;
  prefix: string;
}

const usual: Shape = { identity: x86, loader: '/lib64/ld-linux-x86-64.so.2', prefix: '/usr' };

/** A libc and a Python. */
function base({ identity, loader, prefix }: Shape): Spec[] {
  const libc = join(dirname(loader), 'libc.so.6');
  return [
    packageOf('glibc', { [libc]: stub(identity, 'libc.so.6'), [loader]: stub(identity) }),
    packageOf(
      'python',
      {
        [`${prefix}/bin/python3.9`]: stub(identity, undefined, loader),
        [`${prefix}/bin/python3`]: { link: 'python3.9' },
        [`${prefix}/lib64/python3.9/os.py`]: empty,
      },
      ['python(abi) = 3.9'],
    ),
  ];
}

const bigEndian = { ...usual, identity: s390x, loader: '/lib/ld64.so.1' };
const collection = { ...usual, prefix: '/opt/rh/rh-python39/root/usr' };

const cases: { name: string; shape: Shape; more?: Spec[]; python: string; loader: string }[] = [
  { name: 'a usual host', shape: usual, python: '/usr/bin/python3.9', loader: usual.loader },
  { name: 'a big-endian host', shape: bigEndian, python: '/usr/bin/python3.9', loader: bigEndian.loader },
  {
    name: 'a software collection',
    shape: collection,
    python: `${collection.prefix}/bin/python3.9`,
    loader: usual.loader,
  },
  {
    name: 'with directories below links of another package, as in Azure Linux',
    shape: usual,
    more: [
      packageOf('a-directory', { '/lib64/folder': 'directory', '/usr/lib64/other': 'directory' }),
      packageOf('filesystem', { '/lib64': { link: 'usr/lib' }, '/usr/lib64': { link: 'lib' } }),
    ],
    python: '/usr/bin/python3.9',
    loader: '/usr/lib/ld-linux-x86-64.so.2',
  },
  {
    name: 'with packages that share paths, as links, directories and files',
    shape: usual,
    more: [
      packageOf('a', {
        '/shared/link': { link: 'nowhere' },
        '/shared/linked': { link: 'folder' },
        '/shared/both': { link: '/outside' },
        '/shared/file': empty,
      }),
      packageOf('b', {
        '/shared/link': { link: 'nowhere' },
        '/shared/linked': 'directory',
        '/shared/both': { bytes: Buffer.from('file') },
        '/shared/file': 'directory',
      }),
    ],
    python: '/usr/bin/python3.9',
    loader: usual.loader,
  },
];

describe('a host that is made from its RPM database', () => {
  for (const [index, { name, shape, more = [], python, loader }] of cases.entries()) {
    it(`can be planned: ${name}`, async () => {
      const own = join(directory, `${index}`);
      const rpms = await buildPackages(own, [...more, ...base(shape)]);
      const made = join(own, 'made');
      mkdirSync(made);
      const options = ['--dbpath', '/db', '--justdb', '--nodeps', '--replacefiles', '--force'];
      await must('rpm', ['--root', made, ...options, '-i', ...rpms]);
      const root = join(own, 'root');
      await makeSkeleton(await openDatabase(join(made, 'db'), join(own, 'database')), root);
      const inside = openRoot(root);
      const installed = new Installed(
        inside,
        await readInstalled({ root: inside, dbpath: skeletonDatabase }),
      );
      const { interpreter } = await planOf(installed, { python: 'python' });
      assert.deepEqual([interpreter.path, interpreter.loader], [python, loader]);
      assert.deepEqual(interpreter.identity.machine, shape.identity.machine);
    });
  }
});
