import { RelopackError } from '../common/error.ts';
import { fileName } from '../host/file-name.ts';
import type { Dependency } from './dependency.ts';
import type { InstalledFile, InstalledPackage } from './package.ts';

const unit = 0x1f;
const quote = 0x27;
const backslash = 0x5c;
const field = String.fromCharCode(unit);
const end = '\n';
/** The text of rpm for a tag that is absent in an array. */
const none = '(none)';

/** One record of the query. Its letter tells its kind. */
function recordOf(letter: string, values: string[]): string {
  return [letter, ...values].map((text) => text + field).join('') + end;
}

/**
 * The value of a tag: digits, or a text in single quotes with each quote in it as `'\''` (rpm lib/formats.c). So no
 * character of a text can end the text, and a text in the place of a number is detected. Every rpm has this format;
 * `:json` is as safe, but newer.
 */
function value(tag: string): string {
  return `%{${tag}:shescape}`;
}

function optional(tag: string): string {
  return `%|${tag}?{${value(tag)}}|`;
}

const mark = { head: 'P', requires: 'R', provides: 'C', file: 'F', end: 'E' } as const;

const optionalTags = ['ARCH', 'LICENSE', 'SOURCERPM', 'URL', 'VENDOR', 'BUILDTIME', 'FILEDIGESTALGO'];
const fileTags = [
  ...['NAMES', 'MODES', 'MTIMES', 'DIGESTS', 'FLAGS', 'STATES'].map((tag) => `FILE${tag}`),
  'LONGFILESIZES',
];

function dependencyTags(kind: string): string[] {
  return ['NAME', 'FLAGS', 'VERSION'].map((tag) => kind + tag);
}

/** One record for each element of arrays that have the same length. */
function records(letter: string, tags: string[]): string {
  return `[${recordOf(letter, tags.map(value))}]`;
}

/**
 * The argument of `rpm --queryformat`: for each package a head, its dependencies, its files and an end mark. A field
 * ends with 0x1F. A record ends with a line feed, because @actions/exec splits all output into lines: it needed 15 s for
 * 30 MB without any.
 */
export const queryFormat = [
  recordOf(mark.head, [
    value('NAME'),
    optional('EPOCH'),
    ...['VERSION', 'RELEASE'].map(value),
    ...optionalTags.map(optional),
  ]),
  records(mark.requires, dependencyTags('REQUIRE')),
  records(mark.provides, dependencyTags('PROVIDE')),
  records(mark.file, fileTags),
  recordOf(mark.end, []),
].join('');

/** The tags that rpm must know to answer the query (`rpm --querytags`). */
export const queriedTags = [...new Set(queryFormat.match(/(?<=%\{)[A-Z]+/g))];

/** The highest FILESTATES that rpm writes (lib/rpmfiles.h). */
const maxState = 4;

/** FILEDIGESTALGO: the hash numbers of OpenPGP (RFC 9580, 9.5) and their names in node:crypto. No number means MD5. */
const digestAlgorithms = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [3, 'ripemd160'],
  [8, 'sha256'],
  [9, 'sha384'],
  [10, 'sha512'],
  [11, 'sha224'],
  [12, 'sha3-256'],
  [14, 'sha3-512'],
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
  if (reader.kind() !== mark.head) throw reader.malformed();
  const name = reader.text();
  const epoch = reader.number({ orNone: -1 });
  const versionRelease = `${reader.text()}-${reader.text()}`;
  const evr = epoch === -1 ? versionRelease : `${epoch}:${versionRelease}`;
  const arch = reader.text();
  const license = reader.text();
  const sourceRpm = reader.text();
  const url = reader.text();
  const vendor = reader.text();
  const buildTime = reader.number({ orNone: 0 });
  const digestAlgorithm = digestAlgorithms.get(reader.number({ orNone: 1 }));
  reader.endRecord();
  const requires: Dependency[] = [];
  const provides: Dependency[] = [];
  const files: InstalledFile[] = [];
  for (let kind = reader.kind(); kind !== mark.end; kind = reader.kind()) {
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
  if (state > maxState) throw reader.malformed();
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

  /** The letter of a record. */
  kind(): string {
    const letter = this.#bytes.toString('latin1', this.#at, this.#at + 1);
    this.#at += 1;
    this.#skip(field);
    return letter;
  }

  /** A text; an absent one is empty. */
  text(): string {
    let text = '';
    if (this.#bytes[this.#at] === quote) text = this.#quoted();
    else if (this.#bytes[this.#at] !== unit) this.#skip(none);
    this.#skip(field);
    return text;
  }

  /** A quote in a text is written as: closing quote, backslash, quote, opening quote. */
  #quoted(): string {
    let text = this.#untilQuote();
    while (this.#bytes[this.#at] === backslash) {
      this.#skip("\\'");
      text += `'${this.#untilQuote()}`;
    }
    return text;
  }

  /** Reads from a quote to the next one. */
  #untilQuote(): string {
    this.#skip("'");
    const start = this.#at;
    let at = start;
    let seen = 0;
    for (let byte = this.#bytes[at]; byte !== quote; byte = this.#bytes[at]) {
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
    this.#skip(end);
  }

  #skip(expected: string): void {
    for (const character of expected) {
      if (this.#bytes[this.#at] !== character.charCodeAt(0)) throw this.malformed();
      this.#at += 1;
    }
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
