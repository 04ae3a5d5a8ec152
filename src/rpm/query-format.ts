import { RelopackError } from '../common/error.ts';
import { fileName } from '../host/file-name.ts';
import type { Dependency } from './dependency.ts';
import type { InstalledFile, InstalledPackage } from './package.ts';

const unit = 0x1f;
const record = 0x0a;
const field = String.fromCharCode(unit);
const end = String.fromCharCode(record);

/** One record of the query. Its letter tells its kind. */
function recordOf(letter: string, fields: string[]): string {
  return [letter, ...fields].map((text) => text + field).join('') + end;
}

function optional(tag: string): string {
  return `%|${tag}?{%{${tag}}}|`;
}

const mark = { head: 'P', requires: 'R', provides: 'C', file: 'F', end: 'E' } as const;

const fileTags = ['NAMES', 'MODES', 'MTIMES', 'DIGESTS', 'FLAGS', 'STATES'].map((tag) => `FILE${tag}`);
const dependencyTags = ['NAME', 'FLAGS', 'VERSION'];

/**
 * The argument of `rpm --queryformat`: for each package a head, its dependencies, its files and an end mark. rpm prints
 * arrays of the same length side by side. A field ends with 0x1F, which no name contains. A record ends with a line
 * feed, because @actions/exec splits all output into lines: it needed 15 s for 30 MB without any.
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

/** The tags that rpm must know to answer the query (`rpm --querytags`). */
export const queriedTags = [...new Set(queryFormat.match(/(?<=%\{)[A-Z]+/g))];

/** FILEDIGESTALGO: the hash numbers of OpenPGP (RFC 9580, 9.5) and their names in node:crypto. No number means MD5. */
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
 * Reads the answer of rpm to `queryFormat` and returns its packages in their order. `gpg-pubkey` is left out: it is a
 * key and not a package.
 *
 * Throws RelopackError 'rpm-database' if the answer is truncated or malformed.
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
  const digest = reader.text();
  const flags = reader.number();
  const state = reader.number();
  const size = reader.number();
  return { path, mode, size, mtime, digest, flags, state };
}

/** Reads the bytes of the answer from the beginning to the end. */
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

  /** `orNone` is the value of an empty field. Without it an empty field is malformed. */
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

  malformed(): RelopackError {
    return new RelopackError(
      'rpm-database',
      "rpm's answer about the installed packages cannot be read: " +
        `it is truncated or malformed at byte ${this.#at} of ${this.#bytes.length}`,
      'Check the database with `rpm -qa`. `rpm --rebuilddb` repairs most damage.',
    );
  }
}
