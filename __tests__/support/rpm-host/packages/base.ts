import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Source } from './source.ts';

/** The directories that `filesystem` owns. No other package needs to own them. */
export const directories = [
  ...[
    '/',
    '/boot',
    '/dev',
    '/home',
    '/media',
    '/mnt',
    '/opt',
    '/proc',
    '/root',
    '/run',
    '/srv',
    '/sys',
    '/tmp',
  ],
  ...['/etc', '/etc/opt', '/etc/pki', '/etc/profile.d', '/etc/skel', '/etc/sysconfig', '/etc/xdg'],
  ...[
    '',
    '/bin',
    '/include',
    '/lib',
    '/lib/locale',
    '/lib/sysimage',
    '/lib64',
    '/libexec',
    '/sbin',
    '/src',
  ].map((name) => `/usr${name}`),
  ...['', '/bin', '/etc', '/include', '/lib', '/lib64', '/libexec', '/sbin', '/share', '/src'].map(
    (name) => `/usr/local${name}`,
  ),
  ...[
    '',
    '/bash-completion',
    '/bash-completion/completions',
    '/doc',
    '/info',
    '/licenses',
    '/locale',
    '/man',
  ].map((name) => `/usr/share${name}`),
  ...Array.from({ length: 8 }, (_, section) => `/usr/share/man/man${section + 1}`),
  ...['/usr/share/misc', '/usr/share/pki', '/usr/share/zoneinfo'],
  ...['', '/cache', '/lib', '/lib/misc', '/log', '/opt', '/spool', '/tmp'].map((name) => `/var${name}`),
];

/** The links of the merged /usr. Packages also list files behind these links (/lib64/libc.so.6). */
export const merged = { '/bin': 'usr/bin', '/lib': 'usr/lib', '/lib64': 'usr/lib64', '/sbin': 'usr/sbin' };

const fedora = '37';

const osRelease = `NAME="Fedora Linux"
VERSION="${fedora} (Relopack test host)"
ID=fedora
VERSION_ID=${fedora}
PLATFORM_ID="platform:f${fedora}"
PRETTY_NAME="Fedora Linux ${fedora} (Relopack test host)"
CPE_NAME="cpe:/o:fedoraproject:fedora:${fedora}"
`;

const bundle = '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem';
const anchors = '/usr/share/pki/ca-trust-source/mozilla';

export const base: Source[] = [
  {
    name: 'filesystem',
    version: '3.18',
    license: 'Public Domain',
    links: merged,
    edit: async (stage) => {
      for (const path of directories) await mkdir(join(stage, path), { recursive: true });
    },
    packages: [{ name: 'filesystem', requires: ['setup'] }],
  },
  {
    name: 'setup',
    version: '2.14.1',
    license: 'Public Domain',
    texts: {
      '/etc/passwd':
        'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin\n',
      '/etc/group': 'root:x:0:\ntty:x:5:\nnobody:x:65534:\n',
      '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
      '/etc/host.conf': 'multi on\n',
      '/etc/shells': '/bin/sh\n/bin/bash\n',
      '/etc/services': 'http 80/tcp\nhttps 443/tcp\n',
      '/etc/protocols': 'tcp 6 TCP\nudp 17 UDP\n',
    },
    packages: [{ name: 'setup', requires: ['system-release'] }],
  },
  {
    name: 'fedora-release',
    version: fedora,
    license: 'MIT',
    texts: { '/usr/lib/os-release': osRelease, '/usr/lib/fedora-release': `Fedora release ${fedora}\n` },
    links: {
      '/etc/os-release': '../usr/lib/os-release',
      '/etc/fedora-release': '../usr/lib/fedora-release',
      '/etc/redhat-release': 'fedora-release',
      '/etc/system-release': 'fedora-release',
    },
    packages: [{ name: 'fedora-release', provides: ['system-release', `system-release(${fedora})`] }],
  },
  {
    name: 'basesystem',
    version: '11',
    license: 'Public Domain',
    packages: [{ name: 'basesystem', requires: ['filesystem', 'setup'] }],
  },
  {
    name: 'glibc',
    debs: ['libc6', 'libc-bin'],
    license: 'LGPLv2+ and GPLv2+',
    rules: [
      [/^\/usr\/lib64(?=\/[^/]+\.so[^/]*$)/, '/lib64'],
      [/^\/usr\/sbin\/ldconfig$/, '/sbin/ldconfig'],
      [
        /^\/etc\/(ld\.so\.conf.*|bindresvport.*|default\/.*)$|^\/usr\/share\/libc-bin\/.*|^\/usr\/lib\/init\/.*/,
        null,
      ],
    ],
    texts: {
      // Debian's ld.so does not search /usr/lib64 by default.
      '/etc/ld.so.conf': 'include ld.so.conf.d/*.conf\n/usr/lib64\n',
      '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
    },
    packages: [
      {
        name: 'glibc-common',
        files: /^\/usr\/(s?bin|share)\//,
        requires: ['glibc = %{version}-%{release}', 'bash'],
      },
      {
        name: 'glibc-minimal-langpack',
        files: /^\/usr\/lib\/locale\//,
        provides: ['glibc-langpack = %{version}-%{release}'],
      },
      {
        name: 'glibc',
        requires: [
          'basesystem',
          'libgcc',
          'glibc-common = %{version}-%{release}',
          'glibc-langpack = %{version}-%{release}',
        ],
        provides: ['rtld(GNU_HASH)', 'ldconfig'],
        ghosts: ['/etc/ld.so.cache'],
      },
    ],
  },
  {
    name: 'gcc',
    debs: ['gcc-12-base', 'libgcc-s1', 'libstdc++6', 'libgfortran5', 'libquadmath0', 'libgomp1'],
    license: 'GPLv3+ with exceptions',
    rules: [
      [/^\/usr\/lib64(?=\/libgcc_s[^/]*$)/, '/lib64'],
      [/^\/usr\/share\/gcc\/.*/, null],
    ],
    packages: [
      { name: 'libstdc++', files: /\/libstdc\+\+/ },
      { name: 'libgfortran', files: /\/libgfortran/ },
      { name: 'libquadmath', files: /\/libquadmath/ },
      { name: 'libgomp', files: /\/libgomp/ },
      { name: 'libgcc' },
    ],
  },
  {
    name: 'bash',
    debs: ['bash'],
    license: 'GPLv3+',
    rules: [[/^\/etc\/.*|^\/usr\/share\/(menu|debianutils)\/.*/, null]],
    links: { '/usr/bin/sh': 'bash' },
    packages: [{ name: 'bash', requires: ['filesystem'], provides: ['/bin/sh', '/bin/bash'] }],
  },
  { name: 'coreutils', debs: ['coreutils'], license: 'GPLv3+' },
  {
    name: 'util-linux',
    debs: ['mount', 'libmount1', 'libblkid1', 'libuuid1', 'libsmartcols1'],
    license: 'GPLv2+ and LGPLv2+',
    packages: [
      { name: 'libuuid', files: /\/libuuid/ },
      { name: 'libblkid', files: /\/libblkid/ },
      { name: 'libmount', files: /\/libmount/ },
      { name: 'libsmartcols', files: /\/libsmartcols/ },
      { name: 'util-linux-core' },
    ],
  },
  {
    name: 'tzdata',
    debs: ['tzdata'],
    license: 'Public Domain',
    links: { '/etc/localtime': '../usr/share/zoneinfo/UTC' },
    packages: [{ name: 'tzdata', ghosts: ['/etc/localtime'] }],
  },
  {
    name: 'ca-certificates',
    debs: ['ca-certificates'],
    license: 'Public Domain',
    rules: [
      [/^\/usr\/share\/ca-certificates\/mozilla(?=\/)/, anchors],
      [/^\/(etc\/|usr\/(s?bin|share\/(ca-certificates|man))\/).*/, null],
    ],
    links: {
      '/etc/pki/tls/cert.pem': bundle,
      '/etc/pki/tls/certs/ca-bundle.crt': bundle,
      '/etc/ssl/certs': '../pki/tls/certs',
    },
    edit: async (stage) => {
      await mkdir(dirname(join(stage, bundle)), { recursive: true });
      await writeFile(join(stage, dirname(bundle), 'README'), 'Written when the package is installed.\n');
    },
    packages: [
      {
        name: 'ca-certificates',
        ghosts: [bundle],
        post: `local bundle = io.open('${bundle}', 'w')
local names = posix.dir('${anchors}')
table.sort(names)
for _, name in ipairs(names) do
  if name:match('%.crt$') then
    local certificate = io.open('${anchors}/' .. name)
    bundle:write(certificate:read('a'))
    certificate:close()
  end
end
bundle:close()`,
      },
    ],
  },
  {
    name: 'crypto-policies',
    version: '20220815',
    license: 'LGPLv2+',
    texts: {
      '/usr/share/crypto-policies/DEFAULT/opensslcnf.txt':
        'CipherString = @SECLEVEL=2:DEFAULT\nMinProtocol = TLSv1.2\n',
      '/etc/crypto-policies/config': 'DEFAULT\n',
    },
    links: {
      '/etc/crypto-policies/back-ends/opensslcnf.config': '/usr/share/crypto-policies/DEFAULT/opensslcnf.txt',
    },
  },
  {
    name: 'rpm',
    debs: ['rpm-common', 'rpm', 'librpm9', 'librpmio9', 'rpm-i18n'],
    license: 'GPLv2+',
    rules: [
      [/^\/usr\/lib64\/rpm-plugins\/.*|^\/etc\/dbus-1\/.*|^\/usr\/share\/man\/.*/, null],
      [/^\/usr\/bin\/(?!rpm$|rpmdb$|rpmkeys$|rpmquery$|rpmverify$).*/, null],
      [/^\/usr\/lib\/rpm\/(?!macros$|rpmrc$|rpmpopt|platform\/(x86_64|noarch)).*/, null],
    ],
    texts: {
      // The database is sqlite, so rpm warns on stderr each time that it opens it.
      '/etc/rpm/macros.db': '%_db_backend bdb_ro\n',
      '/usr/lib/rpm/macros.d/macros.dbpath': '%_dbpath /usr/lib/sysimage/rpm\n',
    },
    packages: [
      { name: 'rpm-libs', files: /\/librpm/ },
      { name: 'rpm', bare: true, requires: ['rpm-libs = %{version}-%{release}', 'coreutils'] },
    ],
  },
  {
    name: 'alternatives',
    version: '1.21',
    license: 'GPLv2',
    texts: { '/etc/alternatives/README': 'Links made by scriptlets; no package owns them.\n' },
  },
  {
    name: 'dnf',
    version: '4.14.0',
    license: 'GPLv2+',
    edit: async (stage) => {
      await mkdir(join(stage, 'usr/bin'), { recursive: true });
      const says = '#!/usr/bin/sh\necho "This host installs nothing." >&2\nexit 1\n';
      await writeFile(join(stage, 'usr/bin/dnf'), says, { mode: 0o755 });
    },
  },
];
