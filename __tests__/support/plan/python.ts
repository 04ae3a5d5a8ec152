import { posix } from 'node:path';
import type { Content, MadePackage } from './host.ts';
import { realGlibc } from './linker.ts';

const glibc = await realGlibc();
/** `ld-linux-x86-64.so.2`, or another machine's. */
export const loaderName = posix.basename(glibc.loader);

/** The directories, and a glibc with a real loader, a real libc and a locale. `library` is the directory of libraries. */
export function base(library = '/usr/lib64'): MadePackage[] {
  const links: Record<string, Content> = { '/bin': { link: 'usr/bin' }, '/lib': { link: 'usr/lib' } };
  return [
    {
      name: 'filesystem',
      files: {
        ...links,
        '/lib64': { link: library.slice(1) },
        '/etc/os-release': { text: 'ID=test\nVERSION_ID=1\nPRETTY_NAME="Test 1"\n' },
      },
    },
    {
      name: 'glibc',
      provides: ['libc.so.6()(64bit)'],
      requires: ['filesystem'],
      files: {
        [`${library}/${loaderName}`]: { copy: glibc.loader },
        [`${library}/libc.so.6`]: { copy: glibc.libc },
        '/usr/lib/locale/C.utf8/LC_CTYPE': { text: '' },
      },
    },
  ];
}

/** How a distribution divides a Python into packages. */
export interface PythonShape {
  /** `X.Y` */
  version: string;
  /** `X.Y.Z` */
  release?: string;
  /** The package with the executable. */
  name: string;
  libs: string;
  prefix?: string;
  /** The directory of the standard library and of libpython, below the prefix. */
  lib?: 'lib' | 'lib64';
  /** Below the prefix. */
  executable?: string;
  provides?: string[];
  requires?: string[];
  soname?: string;
  more?: Record<string, Content>;
}

/** The Python 3.9 of Enterprise Linux 9: python3 contains the interpreter, and python3-libs the rest. */
export function python39(): MadePackage[] {
  const more: Record<string, Content> = { '/usr/bin/python3': { link: 'python3.9' } };
  return python({ version: '3.9', name: 'python3', libs: 'python3-libs', more });
}

/** An interpreter that cannot be run, with the files by which relopack recognizes a Python. */
export function python(shape: PythonShape): MadePackage[] {
  const { version, name, libs, prefix = '/usr', lib = 'lib64', executable = `bin/python${version}` } = shape;
  const { soname = `libpython${version}.so.1.0`, release: full = `${version}.7` } = shape;
  const stdlib = `${prefix}/${lib}/python${version}`;
  return [
    {
      name,
      version: full,
      provides: [`python(abi) = ${version}`, ...(shape.provides ?? [])],
      requires: [`${soname}()(64bit)`, ...(shape.requires ?? [])],
      files: {
        [`${prefix}/${executable}`]: {
          elf: { interpreter: glibc.loader, needed: [soname, 'libc.so.6'] },
        },
        ...shape.more,
      },
    },
    {
      name: libs,
      version: full,
      provides: [`${soname}()(64bit)`],
      requires: ['libc.so.6()(64bit)'],
      files: {
        [`${prefix}/${lib}/${soname}`]: { elf: { soname, needed: ['libc.so.6'] } },
        [`${stdlib}/os.py`]: { text: '# os\n' },
        [`${stdlib}/lib-dynload/math.so`]: { elf: { needed: ['libc.so.6'] } },
      },
    },
  ];
}

/** A pure module for one Python, with the metadata of its distribution. */
export function module(
  name: string,
  version: string,
  {
    distribution = name,
    prefix = 'python3',
    ...more
  }: Partial<MadePackage> & { distribution?: string; prefix?: string } = {},
): MadePackage {
  const site = `/usr/lib/python${version}/site-packages`;
  return {
    noarch: true,
    requires: [`python(abi) = ${version}`],
    ...more,
    name: `${prefix}-${name}`,
    provides: [`python${version}dist(${distribution})`, ...(more.provides ?? [])],
    files: {
      [`${site}/${name}/__init__.py`]: { text: '# a module\n' },
      [`${site}/${name}-1.0.dist-info/METADATA`]: { text: `Name: ${name}\nVersion: 1.0\n` },
      ...more.files,
    },
  };
}
