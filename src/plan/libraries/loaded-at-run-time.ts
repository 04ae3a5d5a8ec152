import { posix } from 'node:path';
import { filesMatching } from '../../host/glob.ts';
import type { NativeFile } from '../native-file.ts';
import { certificateFiles } from './certificates.ts';
import type { LibraryContext } from './needed.ts';

/** The files that a library or program loads or reads at run time, although no DT_NEEDED says so. */
interface RunTimeRow {
  /** The soname of the library, or the file name of the program. */
  loader: RegExp;
  /** Libraries, which are found as ld.so would find them. An absent one is not an error. */
  sonames?: readonly string[];
  /** Globs of files: absolute, or relative to the directory of `loader`. */
  files?: readonly string[];
  /** Absolute paths. Only the first file that exists and is not empty is packed. */
  first?: readonly string[];
}

/**
 * The table of the files that are needed at run time only, and that no packed file names by an absolute path. Those are
 * found by src/plan/paths. Each row names the source that says so.
 */
const runTimeTable: readonly RunTimeRow[] = [
  {
    // glibc nss/nss_module.c: libraries for user and host names, which glibc 2.34 and later no longer need.
    // nptl/unwind-forcedunwind.c: pthread_exit and thread cancellation abort without libgcc_s.
    // locale/findlocale.c: the one locale that every system has.
    // time/tzfile.c, and PEP 615 of Python: time zones, for systems without them.
    loader: /^libc\.so\.6$/,
    sonames: ['libnss_files.so.2', 'libnss_dns.so.2', 'libnss_compat.so.2', 'libgcc_s.so.1'],
    files: [
      '/usr/lib/locale/C.{utf8,UTF-8}/**',
      '/usr/share/zoneinfo/*',
      '/usr/share/zoneinfo/!(posix|right)/**',
    ],
  },
  {
    // OpenSSL 3: crypto/provider_core.c. Before: crypto/engine/eng_list.c. libcrypto names the directories, but its
    // modules may be in packages of another source, such as pkcs11-provider.
    loader: /^libcrypto\.so\.[\d.]+$/,
    files: ['ossl-modules/*.so', 'engines-*/*.so'],
  },
  {
    // OpenSSL crypto/x509/x509_def.c: CA certificates, for systems without them.
    loader: /^libssl\.so\.[\d.]+$/,
    first: certificateFiles,
  },
  {
    // FlexiBLAS src/flexiblas.c (flexiblas_init): the back end that is used if none is named.
    loader: /^libflexiblas\.so\.\d+$/,
    files: ['/etc/flexiblasrc', '/etc/flexiblasrc.d/*.conf'],
  },
  {
    // Tcl library/init.tcl (tcl::tm::Defaults), Tk generic/tkWindow.c: scripts beside those that libtcl names.
    loader: /^lib(?:tcl|tk|tcl9tk)\d\.\d\.so$/,
    files: ['/usr/{share,lib,lib64}/{tcl8,tcl9,tk8.*,tk9.*}/**'],
  },
];

/**
 * The libraries that wheels for manylinux may need of a host (PEP 600): glibc's public libraries and the compilers'
 * run-time libraries. They are always packed, as wheels may be installed later.
 */
export const platformSonames: readonly string[] = [
  'libc.so.6',
  'libdl.so.2',
  'libm.so.6',
  'libpthread.so.0',
  'libresolv.so.2',
  'librt.so.1',
  'libutil.so.1',
  'libgcc_s.so.1',
  'libstdc++.so.6',
];

/** The canonical host paths of the files that an ELF file loads or reads at run time. `by` is its soname or file name. */
export function runTimeFiles(
  { installed, search }: LibraryContext,
  { selected: { host }, image }: NativeFile,
): { by: string; paths: string[] } {
  const { root } = installed;
  const directory = posix.dirname(host);
  const by = image.soname ?? posix.basename(host);
  const rows = runTimeTable.filter(({ loader }) => loader.test(by));
  const paths = [
    // In FIPS mode a library compares itself with this file.
    ...[by, posix.basename(host)].map((name) => `${directory}/.${name}.hmac`),
    ...rows.flatMap(({ sonames = [], files = [], first = [] }) => [
      ...sonames.map((soname) => search.find(soname)),
      ...files.flatMap((glob) => filesMatching(root, posix.resolve(directory, glob))),
      first.find((path) => (root.stat(path)?.size ?? 0) > 0),
    ]),
  ];
  const canonical = paths.flatMap((path) => (path === undefined ? [] : (root.canonical(path) ?? [])));
  return { by, paths: canonical.filter((path) => root.lstat(path) !== undefined) };
}
