/** Files that something loads while running, although no DT_NEEDED says so. */
export interface RuntimeRow {
  /** The soname of the library that loads them. */
  loader: RegExp;
  /** Libraries found as ld.so would find them; where there is none it is not missed. */
  sonames: readonly string[];
  /** Globs beside the library. */
  beside: readonly string[];
}

/** The one table of what is loaded at run time only; where to find each loader's own words for it is beside it. */
export const runtimeTable: readonly RuntimeRow[] = [
  {
    // glibc nss/nss_module.c: names and hosts; files of their own before glibc 2.34. nptl/unwind-forcedunwind.c:
    // pthread_exit and thread cancellation abort without libgcc_s.
    loader: /^libc\.so\.6$/,
    sonames: ['libnss_files.so.2', 'libnss_dns.so.2', 'libnss_compat.so.2', 'libgcc_s.so.1'],
    beside: [],
  },
  {
    // OpenSSL 3 crypto/provider_core.c and, before it, crypto/engine/eng_list.c.
    loader: /^libcrypto\.so\.[\d.]+$/,
    sonames: [],
    beside: ['ossl-modules/*.so', 'engines-*/*.so'],
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
