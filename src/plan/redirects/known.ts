import type { Entry } from '../entry.ts';
import { certificateFiles } from '../libraries/certificates.ts';
import type { SelectedFile } from '../selected-file.ts';
import type { Redirect } from './redirect.ts';

/** Directories and files that no library names as a whole, or that are read in another way than named ones (`namedRedirects`). */
interface KnownPath extends Pick<Redirect, 'kind' | 'others' | 'reason'> {
  /** Matches the beginning of the host path of a packed file: the path that is compiled into the library. */
  path: RegExp;
}

const knownPaths: readonly KnownPath[] = [
  {
    // Debian has the common ones in /lib, and libraries of other distributions do not look there.
    path: /^\/usr\/share\/terminfo(?=\/)/,
    kind: 'machine',
    others: ['/etc/terminfo', '/lib/terminfo', '/usr/lib/terminfo'],
    reason: 'descriptions of terminals (ncurses tinfo/read_entry.c; CPython Lib/_pyrepl/terminfo.py)',
  },
  {
    path: /^\/usr\/share\/zoneinfo(?=\/)/,
    kind: 'machine',
    reason: 'time zones (glibc time/tzfile.c; CPython Lib/sysconfig.py, TZPATH)',
  },
  {
    path: /^\/usr\/(?:share|lib|lib64)\/(?:tcl[89]|tk[89]\.\d+)(?=\/)/,
    kind: 'tree',
    reason: 'the modules of Tcl and the scripts of Tk (Tcl library/init.tcl, Tk generic/tkWindow.c)',
  },
  {
    path: /^\/usr\/(?:lib|lib64|lib\/[^/]+)\/girepository-1\.0(?=\/)/,
    kind: 'tree',
    reason: 'typelibs (GObject Introspection girepository/girepository.c, init_globals)',
  },
  {
    // The machine's configuration may name back ends that are not packed.
    path: /^\/etc\/flexiblasrc(?:$|\.d(?=\/))/,
    kind: 'tree',
    reason: 'the configuration of FlexiBLAS (FlexiBLAS src/flexiblas.c)',
  },
];

/** Files of CA certificates that libraries name beside `certificateFiles`. */
const otherCertificateFiles = [
  '/etc/pki/tls/cert.pem', // OpenSSL of Fedora and RHEL
  '/usr/lib/ssl/cert.pem', // OpenSSL of Debian
  '/var/lib/ca-certificates/ca-bundle.pem', // GnuTLS of openSUSE
];

/** The redirects that no file tells: of libraries whose data is packed. `files` are packed, and `entries` their entries. */
export function knownRedirects(files: Iterable<SelectedFile>, entries: readonly Entry[]): Redirect[] {
  const found = new Map<string, Redirect>();
  for (const { host, path: archivePath } of files) {
    for (const { path, ...rest } of knownPaths) {
      const [matched] = path.exec(host) ?? [];
      if (matched === undefined || found.has(matched)) continue;
      const archive = archivePath.slice(0, archivePath.length - (host.length - matched.length));
      found.set(matched, { path: matched, ...rest, archive });
    }
  }
  return [...found.values(), ...certificateRedirects(entries)];
}

/**
 * Each name of a file of CA certificates leads to the file that the machine has, under whatever name, or to the packed
 * one. curl, GnuTLS, libgit2 and OpenSSL have the name of their distribution compiled in.
 */
function certificateRedirects(entries: readonly Entry[]): Redirect[] {
  const paths = new Set(entries.map(({ path }) => path));
  const archive = certificateFiles.map((path) => path.slice(1)).find((path) => paths.has(path));
  if (archive === undefined) return [];
  const reason =
    'CA certificates (OpenSSL crypto/x509/x509_def.c; the CA bundle of curl, GnuTLS and libgit2)';
  return [...certificateFiles, ...otherCertificateFiles].map((path) => ({
    path,
    kind: 'machine',
    others: certificateFiles,
    archive,
    reason,
  }));
}
