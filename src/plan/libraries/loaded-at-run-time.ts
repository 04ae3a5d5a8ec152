/** What something loads or reads while running, although no DT_NEEDED says so. */
export interface RuntimeRow {
  /** The soname of the library that does it; the file name of a program. */
  loader: RegExp;
  /** Libraries found as ld.so would find them; where there is none it is not missed. */
  sonames?: readonly string[];
  /** Globs of files: absolute, or relative to the directory of the loader. */
  files?: readonly string[];
  /** Absolute paths, of which the first that is there and is not empty is enough. */
  first?: readonly string[];
}

/** The one table of what is wanted at run time only; where to find each loader's own words for it is beside it. */
export const runtimeTable: readonly RuntimeRow[] = [
  {
    // glibc nss/nss_module.c: names and hosts; files of their own before glibc 2.34. nptl/unwind-forcedunwind.c:
    // pthread_exit and thread cancellation abort without libgcc_s. locale/findlocale.c: the one locale that any system
    // has. time/tzfile.c, and PEP 615 of Python: time zones, where the system has none.
    loader: /^libc\.so\.6$/,
    sonames: ['libnss_files.so.2', 'libnss_dns.so.2', 'libnss_compat.so.2', 'libgcc_s.so.1'],
    files: [
      '/usr/lib/locale/C.{utf8,UTF-8}/**',
      '/usr/share/zoneinfo/*',
      '/usr/share/zoneinfo/!(posix|right)/**',
    ],
  },
  {
    // OpenSSL 3 crypto/provider_core.c and, before it, crypto/engine/eng_list.c.
    loader: /^libcrypto\.so\.[\d.]+$/,
    files: ['ossl-modules/*.so', 'engines-*/*.so'],
  },
  {
    // crypto/x509/x509_def.c: certificates, for systems without; the places are those of launcher/startup/certificates.py.
    loader: /^libssl\.so\.[\d.]+$/,
    first: [
      '/etc/ssl/certs/ca-certificates.crt',
      '/etc/pki/tls/certs/ca-bundle.crt',
      '/etc/ssl/ca-bundle.pem',
      '/etc/pki/tls/cacert.pem',
      '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
      '/etc/ssl/cert.pem',
    ],
  },
  {
    // ncurses tinfo/read_entry.c, tinfo/db_iterator.c; readline asks it too.
    loader: /^lib(?:tinfo|ncurses)w?\.so\.\d+$/,
    files: ['/usr/share/terminfo/*/*'],
  },
  {
    // FlexiBLAS src/flexiblas.c (flexiblas_init), src/paths.c: what numpy calculates by on Fedora and EL 9.
    loader: /^libflexiblas\.so\.\d+$/,
    files: ['flexiblas/*.so', '/etc/flexiblasrc', '/etc/flexiblasrc.d/*.conf'],
  },
  {
    // Tcl unix/tclUnixInit.c, Tk generic/tkWindow.c: the scripts that they are made of.
    loader: /^lib(?:tcl|tk|tcl9tk)\d\.\d\.so$/,
    files: ['/usr/{share,lib,lib64}/{tcl,tk}{8,9}*/**'],
  },
  {
    // Lib/ensurepip/__init__.py with --with-wheel-pkg-dir: pip, for virtual environments.
    loader: /^(?:platform-)?python3\.\d+$/,
    files: ['/usr/share/python{,3,3.[0-9]*}-wheels/*.whl'],
  },
];

/**
 * What wheels of the manylinux platforms may need of a host (PEP 600): glibc's public libraries and the
 * compilers' run-time libraries. They are always in, since modules may be installed later.
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
