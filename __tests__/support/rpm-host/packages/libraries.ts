import { appendFile, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from './source.ts';

const opensslConfiguration = `openssl_conf = openssl_init

[openssl_init]
providers = providers
ssl_conf = ssl_module

[providers]
default = default_provider

[default_provider]

[ssl_module]
system_default = crypto_policy

[crypto_policy]
.include = /etc/crypto-policies/back-ends/opensslcnf.config
`;

export const libraries: Source[] = [
  { name: 'zlib', debs: ['zlib1g'], license: 'zlib and Boost' },
  { name: 'bzip2', debs: ['libbz2-1.0'], license: 'BSD', packages: [{ name: 'bzip2-libs' }] },
  { name: 'xz', debs: ['liblzma5'], license: 'Public Domain', packages: [{ name: 'xz-libs' }] },
  { name: 'zstd', debs: ['libzstd1'], license: 'BSD and GPLv2', packages: [{ name: 'libzstd' }] },
  { name: 'libxcrypt', debs: ['libcrypt1'], license: 'LGPLv2+ and BSD' },
  { name: 'libffi', debs: ['libffi8'], license: 'MIT' },
  { name: 'sqlite', debs: ['libsqlite3-0'], license: 'Public Domain', packages: [{ name: 'sqlite-libs' }] },
  { name: 'expat', debs: ['libexpat1'], license: 'MIT' },
  {
    name: 'gdbm',
    debs: ['libgdbm6', 'libgdbm-compat4'],
    license: 'GPLv3+',
    packages: [{ name: 'gdbm-libs' }],
  },
  {
    name: 'ncurses',
    debs: ['libtinfo6', 'libncursesw6', 'ncurses-base'],
    license: 'MIT',
    rules: [[/^\/(etc|usr\/share\/tabset)\/.*/, null]],
    packages: [
      { name: 'ncurses-libs', files: /^\/usr\/lib64\//, requires: ['ncurses-base = %{version}-%{release}'] },
      { name: 'ncurses-base' },
    ],
  },
  { name: 'readline', debs: ['libreadline8'], license: 'GPLv3+' },
  {
    name: 'openssl',
    debs: ['libssl3'],
    license: 'ASL 2.0',
    texts: { '/etc/pki/tls/openssl.cnf': opensslConfiguration },
    edit: (stage) =>
      replaceStrings(join(stage, 'usr/lib64/libcrypto.so.3'), [
        ['/usr/lib/ssl', '/etc/pki/tls'],
        ['/usr/lib/x86_64-linux-gnu/', '/usr/lib64/'],
      ]),
    packages: [{ name: 'openssl-libs', requires: ['ca-certificates', 'crypto-policies'] }],
  },
  {
    name: 'krb5',
    debs: ['libgssapi-krb5-2', 'libkrb5-3', 'libk5crypto3', 'libkrb5support0'],
    license: 'MIT',
    edit: (stage) =>
      replaceStrings(join(stage, 'usr/lib64/libkrb5.so.3.3'), [
        ['/usr/lib/x86_64-linux-gnu/', '/usr/lib64/'],
      ]),
    packages: [{ name: 'krb5-libs' }],
  },
  { name: 'e2fsprogs', debs: ['libcom-err2'], license: 'MIT', packages: [{ name: 'libcom_err' }] },
  {
    name: 'keyutils',
    debs: ['libkeyutils1'],
    license: 'GPLv2+ and LGPLv2+',
    packages: [{ name: 'keyutils-libs' }],
  },
  { name: 'libtirpc', debs: ['libtirpc3', 'libtirpc-common'], license: 'BSD' },
  { name: 'libnsl2', debs: ['libnsl2'], license: 'BSD and LGPLv2+' },
  {
    name: 'libyaml',
    debs: ['libyaml-0-2'],
    license: 'MIT',
    // It can be loaded like the right one, and differs from it. So a test can tell if it was packed.
    edit: async (stage) => {
      const lib = join(stage, 'usr/lib64');
      const decoy = join(lib, 'glibc-hwcaps/x86-64-v3');
      await mkdir(decoy, { recursive: true });
      await copyFile(join(lib, 'libyaml-0.so.2.0.9'), join(decoy, 'libyaml-0.so.2'));
      await appendFile(join(decoy, 'libyaml-0.so.2'), 'for x86-64-v3 only');
    },
  },
  { name: 'libxml2', debs: ['libxml2'], license: 'MIT' },
  { name: 'libxslt', debs: ['libxslt1.1'], license: 'MIT' },
  { name: 'icu', debs: ['libicu72'], license: 'MIT', packages: [{ name: 'libicu' }] },
  { name: 'libgcrypt', debs: ['libgcrypt20'], license: 'LGPLv2+' },
  { name: 'libgpg-error', debs: ['libgpg-error0'], license: 'LGPLv2+' },
  { name: 'systemd', debs: ['libudev1'], license: 'LGPLv2+', packages: [{ name: 'systemd-libs' }] },
  { name: 'libcap', debs: ['libcap2'], license: 'BSD or GPLv2' },
  { name: 'libselinux', debs: ['libselinux1'], license: 'Public Domain' },
  { name: 'pcre2', debs: ['libpcre2-8-0'], license: 'BSD' },
  { name: 'acl', debs: ['libacl1'], license: 'LGPLv2+', packages: [{ name: 'libacl' }] },
  { name: 'attr', debs: ['libattr1'], license: 'LGPLv2+', packages: [{ name: 'libattr' }] },
  { name: 'gmp', debs: ['libgmp10'], license: 'LGPLv3+ or GPLv2+' },
  { name: 'popt', debs: ['libpopt0'], license: 'MIT' },
  { name: 'lua', debs: ['liblua5.3-0'], license: 'MIT', packages: [{ name: 'lua-libs' }] },
  {
    name: 'tcl',
    debs: ['libtcl8.6'],
    license: 'TCL',
    rules: [
      // Beside the library. Tcl looks for modules there (tcl::tm::Defaults of library/tm.tcl).
      [/^\/usr\/share\/tcltk\/tcl8\.6\/tcl8(?=\/)/, '/usr/share/tcl8/8.6'],
      [/^\/usr\/share\/tcltk(?=\/)/, '/usr/share'],
    ],
    edit: (stage) =>
      replaceStrings(join(stage, 'usr/lib64/libtcl8.6.so'), [['/usr/share/tcltk/', '/usr/share/']]),
  },
  {
    name: 'tk',
    debs: ['libtk8.6'],
    license: 'TCL',
    rules: [
      [/^\/usr\/share\/tcltk(?=\/)/, '/usr/share'],
      [/^\/usr\/lib\/tcltk\/.*/, null],
    ],
  },
  {
    name: 'blt',
    debs: ['tk8.6-blt2.5'],
    license: 'MIT',
    rules: [[/^\/usr\/lib(?=\/lib)/, '/usr/lib64']],
  },
  {
    name: 'x11-libs',
    debs: [
      ...['libx11-6', 'libxext6', 'libxrender1', 'libxft2', 'libxss1', 'libxcb1', 'libxau6', 'libxdmcp6'],
      ...['libfontconfig1', 'libfreetype6', 'libpng16-16', 'libbrotli1', 'libbsd0', 'libmd0'],
    ],
    version: '1.8',
    license: 'MIT',
  },
  alternative('blas', 'libblas3', 'libblas.so.3'),
  alternative('lapack', 'liblapack3', 'liblapack.so.3'),
];

/** A library that others find through a link of the alternatives system. No package owns that link. */
function alternative(name: string, deb: string, soname: string): Source {
  const links = [
    [`/usr/lib64/${name}/${soname}`, `/etc/alternatives/${soname}`],
    [`/etc/alternatives/${soname}`, `/usr/lib64/${soname}`],
  ];
  const post = links.map(([to, at]) => `posix.symlink('${to}', '${at}')`).join('\n');
  return { name, debs: [deb], license: 'BSD', packages: [{ name, requires: ['alternatives'], post }] };
}

/**
 * Replaces strings that are compiled into a library. A replacement must not be longer. The rest of the same
 * NUL-terminated string moves up, and NULs fill its end.
 */
async function replaceStrings(library: string, replacements: [from: string, to: string][]): Promise<void> {
  const bytes = await readFile(library);
  for (const [from, to] of replacements) {
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + to.length)) {
      const end = bytes.indexOf(0, at);
      const rest = bytes.subarray(at + from.length, end);
      const replaced = Buffer.concat([Buffer.from(to), rest, Buffer.alloc(from.length - to.length)]);
      replaced.copy(bytes, at);
    }
  }
  await writeFile(library, bytes);
}
