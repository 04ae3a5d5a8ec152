import { RelopackError } from '../common/error.ts';
import { fileName } from '../host/file-name.ts';
import type { Dependency } from './dependency.ts';
import type { InstalledFile, InstalledPackage } from './package.ts';

const unit = 0x1f;
const record = 0x0a;
const field = String.fromCharCode(unit);
const end = String.fromCharCode(record);

/** One record of the query, told from the others by its letter. */
function recordOf(letter: string, fields: string[]): string {
  return [letter, ...fields].map((text) => text + field).join('') + end;
}

function optional(tag: string): string {
  return `%|${tag}?{%{${tag}}}|`;
}

const mark = { head: 'P', requires: 'R', provides: 'C', file: 'F', end: 'E' } as const;

const fileTags = ['NAMES', 'MODES', 'MTIMES', 'LINKTOS', 'DIGESTS', 'FLAGS', 'STATES'].map(
  (tag) => `FILE${tag}`,
);
const dependencyTags = ['NAME', 'FLAGS', 'VERSION'];

/**
 * What `rpm --queryformat` is given: for each package a head, its dependencies, its files and an end mark. Fields end
 * with 0x1F, which no name contains. Records end with a line feed: @actions/exec looks for lines in all output, and
 * without any, 30 MB took it 15 s. Arrays of one length are walked side by side.
 */
export const queryFormat = [
  recordOf(mark.head, [
    '%{NAME}',
    '%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}',
    ...['ARCH', 'LICENSE', 'SOURCERPM', 'URL', 'VENDOR', 'BUILDTIME', 'FILEDIGESTALGO'].map(optional),
  ]),
  `[${recordOf(
    mark.requires,
    dependencyTags.map((tag) => `%{REQUIRE${tag}}`),
  )}]`,
  `[${recordOf(
    mark.provides,
    dependencyTags.map((tag) => `%{PROVIDE${tag}}`),
  )}]`,
  `[${recordOf(
    mark.file,
    [...fileTags, 'LONGFILESIZES'].map((tag) => `%{${tag}}`),
  )}]`,
  recordOf(mark.end, []),
].join('');

/** The tags that an rpm must know (`rpm --querytags`) to answer. */
export const queriedTags = [...new Set(queryFormat.match(/(?<=%\{)[A-Z]+/g))];

/** FILEDIGESTALGO, the hash numbers of OpenPGP (RFC 9580, 9.5), by their names in node:crypto. None is MD5. */
const digestAlgorithms = new Map([
  ['', 'md5'],
  ['1', 'md5'],
  ['2', 'sha1'],
  ['3', 'ripemd160'],
  ['8', 'sha256'],
  ['9', 'sha384'],
  ['10', 'sha512'],
  ['11', 'sha224'],
  ['12', 'sha3-256'],
  ['14', 'sha3-512'],
]);

/**
 * The packages in the answer to `queryFormat`, in its order; `gpg-pubkey`, which is no package but a key, left out.
 *
 * Throws RelopackError 'rpm-database' for an answer that is not whole, byte for byte of the form asked for.
 */
export function parseQuery(answer: Buffer): InstalledPackage[] {
  const reader = new Reader(answer);
  const packages: InstalledPackage[] = [];
  while (!reader.done) {
    const pkg = readPackage(reader);
    if (pkg.name !== 'gpg-pubkey') packages.push(pkg);
  }
  return packages;
}

function readPackage(reader: Reader): InstalledPackage {
  if (reader.text() !== mark.head) throw reader.malformed();
  const name = reader.text();
  const evr = reader.text();
  const arch = reader.text();
  const license = reader.text();
  const sourceRpm = reader.text();
  const url = reader.text();
  const vendor = reader.text();
  const buildTime = reader.number({ orNone: 0 });
  const digestAlgorithm = digestAlgorithms.get(reader.text());
  reader.endRecord();
  const requires: Dependency[] = [];
  const provides: Dependency[] = [];
  const files: InstalledFile[] = [];
  for (let kind = reader.text(); kind !== mark.end; kind = reader.text()) {
    if (kind === mark.requires) requires.push(readDependency(reader));
    else if (kind === mark.provides) provides.push(readDependency(reader));
    else if (kind === mark.file) files.push(readFile(reader));
    else throw reader.malformed();
    reader.endRecord();
  }
  reader.endRecord();
  const facts = { name, evr, arch, license, sourceRpm, url, vendor, buildTime, digestAlgorithm };
  return { ...facts, requires, provides, files };
}

function readDependency(reader: Reader): Dependency {
  return { name: reader.text(), flags: reader.number(), evr: reader.text() };
}

function readFile(reader: Reader): InstalledFile {
  const path = reader.text();
  const mode = reader.number();
  const mtime = reader.number();
  const linkTo = reader.text();
  const digest = reader.text();
  const flags = reader.number();
  const state = reader.number();
  const size = reader.number();
  return { path, mode, size, mtime, linkTo, digest, flags, state };
}

/** Walks the bytes of the answer once. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  text(): string {
    const start = this.#at;
    let at = start;
    let seen = 0;
    for (let byte = this.#bytes[at]; byte !== unit; byte = this.#bytes[at]) {
      if (byte === undefined) throw this.malformed();
      seen |= byte;
      at += 1;
    }
    this.#at = at + 1;
    return seen < 0x80
      ? this.#bytes.toString('latin1', start, at)
      : fileName(this.#bytes.subarray(start, at));
  }

  /** `orNone` is what an empty field stands for, where there may be one. */
  number({ orNone }: { orNone?: number } = {}): number {
    const start = this.#at;
    let at = start;
    let value = 0;
    for (let byte = this.#bytes[at]; byte !== unit; byte = this.#bytes[at]) {
      if (byte === undefined || byte < 0x30 || byte > 0x39) throw this.malformed();
      value = value * 10 + byte - 0x30;
      at += 1;
    }
    if (at === start && orNone === undefined) throw this.malformed();
    this.#at = at + 1;
    return at === start ? (orNone ?? value) : value;
  }

  endRecord(): void {
    if (this.#bytes[this.#at] !== record) throw this.malformed();
    this.#at += 1;
  }

  malformed(
    why = `it breaks off or goes astray at byte ${this.#at} of ${this.#bytes.length}`,
  ): RelopackError {
    return new RelopackError(
      'rpm-database',
      `the answer of rpm about the installed packages can't be read: ${why}`,
      'Check the database with `rpm -qa`; `rpm --rebuilddb` mends many a damage.',
    );
  }
}
