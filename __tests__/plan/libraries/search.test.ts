import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readImage } from '../../../src/elf/image.ts';
import { openRoot } from '../../../src/host/root.ts';
import { sharedDirectories } from '../../../src/plan/libraries/ld-so-conf.ts';
import { LibrarySearch, type Requester } from '../../../src/plan/libraries/search.ts';
import { type Content, place } from '../../support/plan/host.ts';
import { Linker } from '../../support/plan/linker.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const linker = new Linker(join(directory, 'linked'));
/** The identity of this machine, for which gcc links. */
const identity = readImage(readFileSync(process.execPath), process.execPath);

const library = (soname: string): Content => ({ elf: { soname } });
const foreign = (soname: string): Content => ({ elf: { soname, class: 32 } });

/** The object that requests the library. */
function requester(
  path: string,
  { runpath = '', rpath = '', loader }: { runpath?: string; rpath?: string; loader?: Requester } = {},
): Requester {
  const split = (text: string) => (text === '' ? [] : text.split(':'));
  return { path, runpath: split(runpath), rpath: split(rpath), loader };
}

interface Case {
  name: string;
  files: Record<string, Content>;
  soname?: string;
  requester?: Requester;
  prefix?: string;
  found: string | undefined;
}

const conf = (text: string): Content => ({ text });

const cases: Case[] = [
  {
    name: 'in a system directory',
    files: { '/usr/lib64/liba.so.1': library('liba.so.1') },
    found: '/usr/lib64/liba.so.1',
  },
  {
    name: 'by the canonical path of its directory',
    files: { '/usr/lib64/liba.so.1': library('liba.so.1'), '/lib64': { link: 'usr/lib64' } },
    found: '/usr/lib64/liba.so.1',
  },
  {
    name: 'at the link, which is its soname, and not at the file',
    files: {
      '/usr/lib64/liba.so.1.2': library('liba.so.1'),
      '/usr/lib64/liba.so.1': { link: 'liba.so.1.2' },
    },
    found: '/usr/lib64/liba.so.1',
  },
  {
    name: 'nowhere, if no file has the name',
    files: { '/usr/lib64/liba.so.2': library('liba.so.2') },
    found: undefined,
  },
  {
    name: 'nowhere, if the target of the link is absent',
    files: { '/usr/lib64/liba.so.1': { link: 'gone' } },
    found: undefined,
  },
  {
    name: 'in a directory of ld.so.conf before the system directories',
    files: {
      '/etc/ld.so.conf': conf('# ours\n/opt/a/lib # not /opt/b\n'),
      '/opt/a/lib/liba.so.1': library('liba.so.1'),
      '/usr/lib64/liba.so.1': library('liba.so.1'),
    },
    found: '/opt/a/lib/liba.so.1',
  },
  {
    name: 'in a directory of a file that ld.so.conf includes by a relative pattern, in the order of names',
    files: {
      '/etc/ld.so.conf': conf('include ld.so.conf.d/*.conf\n'),
      '/etc/ld.so.conf.d/b.conf': conf('/opt/b\n'),
      '/etc/ld.so.conf.d/a.conf': conf('/opt/a\n'),
      '/etc/ld.so.conf.d/z.txt': conf('/opt/z\n'),
      '/opt/b/liba.so.1': library('liba.so.1'),
      '/opt/a/liba.so.1': library('liba.so.1'),
      '/opt/z/liba.so.1': library('liba.so.1'),
    },
    found: '/opt/a/liba.so.1',
  },
  {
    name: 'in a directory of a file that is included by its full path, also if a file includes itself',
    files: {
      '/etc/ld.so.conf': conf('include /etc/*.conf /etc/more\n'),
      '/etc/more': conf('/opt/more\n'),
      '/opt/more/liba.so.1': library('liba.so.1'),
    },
    found: '/opt/more/liba.so.1',
  },
  {
    name: 'in a directory of a file that is included by a pattern with a wildcard in a directory',
    files: {
      '/etc/ld.so.conf': conf('include /etc/*.d/libs/[a-m]*.conf\n'),
      '/etc/b.d/libs/b.conf': conf('/opt/b\n'),
      '/etc/a.d/libs/z.conf': conf('/opt/z\n'),
      '/etc/a.d/libs/a.conf': conf('/opt/a\n'),
      '/opt/b/liba.so.1': library('liba.so.1'),
      '/opt/a/liba.so.1': library('liba.so.1'),
      '/opt/z/liba.so.1': library('liba.so.1'),
    },
    found: '/opt/a/liba.so.1',
  },
  {
    name: 'in one of several directories on one line, also with a kind',
    files: {
      '/etc/ld.so.conf': conf('hwcap 1 nosegneg\n/opt/a, /opt/b:/opt/c=libc6\n'),
      '/opt/c/liba.so.1': library('liba.so.1'),
    },
    found: '/opt/c/liba.so.1',
  },
  {
    name: 'in the RUNPATH of the requester first',
    files: {
      '/etc/ld.so.conf': conf('/opt/conf\n'),
      '/opt/conf/liba.so.1': library('liba.so.1'),
      '/opt/run/liba.so.1': library('liba.so.1'),
    },
    requester: requester('/usr/bin/x', { runpath: '/nowhere:/opt/run' }),
    found: '/opt/run/liba.so.1',
  },
  ...['$ORIGIN/../private', `\${ORIGIN}/../private`].map((runpath) => ({
    name: `beside the requester, by ${runpath}`,
    files: { '/usr/lib64/private/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/lib64/mod/x.so', { runpath }),
    found: '/usr/lib64/private/liba.so.1',
  })),
  {
    name: 'by $ORIGIN, the directory in which the requester was opened, not the target of a link',
    files: {
      '/usr/lib64/real/x.so': library('x.so'),
      '/usr/lib64/linked/x.so': { link: '../real/x.so' },
      '/usr/lib64/real/liba.so.1': library('liba.so.1'),
      '/usr/lib64/linked/liba.so.1': library('liba.so.1'),
    },
    requester: requester('/usr/lib64/linked/x.so', { runpath: '$ORIGIN' }),
    found: '/usr/lib64/linked/liba.so.1',
  },
  ...(['lib64', 'lib'] as const).map((lib) => ({
    name: `by $LIB, which is ${lib} if libc is there`,
    files: {
      [`/usr/${lib}/libc.so.6`]: library('libc.so.6'),
      '/opt/x/lib64/liba.so.1': library('liba.so.1'),
      '/opt/x/lib/liba.so.1': library('liba.so.1'),
    },
    requester: requester('/opt/x/bin/x', { runpath: '/opt/x/$LIB' }),
    found: `/opt/x/${lib}/liba.so.1`,
  })),
  {
    name: 'in a directory that only begins like a token',
    files: { '/opt/$LIBRARY/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/bin/x', { runpath: '/opt/$LIBRARY' }),
    found: '/opt/$LIBRARY/liba.so.1',
  },
  {
    name: 'in the RPATH of the requester, if it has no RUNPATH',
    files: { '/opt/r/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/bin/x', { rpath: '/opt/r' }),
    found: '/opt/r/liba.so.1',
  },
  {
    name: 'not in the RPATH of the requester, if it has a RUNPATH',
    files: { '/opt/r/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/bin/x', { runpath: '/nowhere', rpath: '/opt/r' }),
    found: undefined,
  },
  {
    name: 'in the RPATH of the program that loaded the requester',
    files: { '/opt/app/lib/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/lib64/b.so', {
      loader: requester('/opt/app/bin/x', { rpath: '$ORIGIN/../lib' }),
    }),
    found: '/opt/app/lib/liba.so.1',
  },
  {
    name: 'not in the RUNPATH of the program that loaded the requester',
    files: { '/opt/app/lib/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/lib64/b.so', {
      loader: requester('/opt/app/bin/x', { runpath: '$ORIGIN/../lib' }),
    }),
    found: undefined,
  },
  {
    name: 'not in any RPATH, if the requester has a RUNPATH',
    files: { '/opt/app/lib/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/lib64/b.so', {
      runpath: '/nowhere',
      loader: requester('/opt/app/bin/x', { rpath: '/opt/app/lib' }),
    }),
    found: undefined,
  },
  ...['', '.', 'private', ':/nowhere:'].map((runpath) => ({
    name: `never in the current directory, by the entry ${JSON.stringify(runpath)}`,
    files: { '/private/liba.so.1': library('liba.so.1'), '/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/bin/x', { runpath }),
    found: undefined,
  })),
  {
    name: 'after a file of another class and one that is not an ELF file',
    files: {
      '/etc/ld.so.conf': conf('/opt/32\n/opt/text\n'),
      '/opt/32/liba.so.1': foreign('liba.so.1'),
      '/opt/text/liba.so.1': { text: 'INPUT(liba.so.2)\n' },
      '/usr/lib64/liba.so.1': library('liba.so.1'),
    },
    found: '/usr/lib64/liba.so.1',
  },
  {
    name: 'after a file of another class in the RUNPATH',
    files: { '/opt/liba.so.1': foreign('liba.so.1'), '/usr/lib64/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/bin/x', { runpath: '/opt' }),
    found: '/usr/lib64/liba.so.1',
  },
  {
    name: 'after a directory of that name',
    files: { '/opt/liba.so.1/file': conf(''), '/usr/lib64/liba.so.1': library('liba.so.1') },
    requester: requester('/usr/bin/x', { runpath: '/opt' }),
    found: '/usr/lib64/liba.so.1',
  },
  ...['/usr/lib64/glibc-hwcaps/x86-64-v3', '/usr/lib64/glibc-hwcaps'].map((hwcaps) => ({
    name: `never in glibc-hwcaps, even if ld.so.conf and RUNPATH name it: ${hwcaps}`,
    files: {
      '/etc/ld.so.conf': conf(`${hwcaps}\n`),
      [`${hwcaps}/liba.so.1`]: library('liba.so.1'),
      '/usr/lib64/liba.so.1': library('liba.so.1'),
    },
    requester: requester('/usr/bin/x', { runpath: hwcaps }),
    found: '/usr/lib64/liba.so.1',
  })),
  {
    name: 'in the libraries of a software collection before those of the system',
    files: {
      '/opt/rh/x/root/usr/lib64/liba.so.1': library('liba.so.1'),
      '/usr/lib64/liba.so.1': library('liba.so.1'),
    },
    prefix: '/opt/rh/x/root/usr',
    found: '/opt/rh/x/root/usr/lib64/liba.so.1',
  },
  {
    name: 'at its path, if it is needed by a path',
    files: { '/opt/own/liba.so.1': library('liba.so.1') },
    soname: '/opt/own/liba.so.1',
    found: '/opt/own/liba.so.1',
  },
];

describe('a library is found as ld.so finds it:', () => {
  for (const { name, files, soname = 'liba.so.1', requester: by, prefix = '/usr', found } of cases) {
    it(name, async () => {
      const root = mkdtempSync(join(directory, 'root-'));
      mkdirSync(join(root, 'usr/bin'), { recursive: true });
      for (const [path, content] of Object.entries(files)) await place(root, path, content, linker);
      const host = openRoot(root);
      assert.equal(
        new LibrarySearch(host, identity, sharedDirectories(host, prefix)).find(soname, by),
        found,
      );
    });
  }
});
