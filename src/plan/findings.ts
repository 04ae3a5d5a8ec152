import { posix } from 'node:path';
import type { Finding } from '../common/finding.ts';
import { type Message, message, option } from '../common/message.ts';
import { sourceOf } from '../python/pyc.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import type { Entry } from './entry.ts';
import type { Glob } from './files/rules.ts';
import { maxImports } from './import-names.ts';
import type { NativeFile } from './native-file.ts';
import type { NotPacked } from './not-packed.ts';
import type { Reason } from './reason.ts';
import type { PlannedModule } from './requested.ts';
import type { SelectedFile } from './selected-file.ts';

/** The facts that the findings are about. */
interface FindingsInput {
  /** The user's globs that match no file. */
  unmatched: readonly Glob[];
  /** The requested modules with all their imports, also with more than `maxImports`. */
  modules: readonly PlannedModule[];
  packages: ReadonlyMap<InstalledPackage, Reason>;
  /** The selected files, by canonical host path. */
  files: ReadonlyMap<string, SelectedFile>;
  /** The ELF files among them, by canonical host path. */
  natives: ReadonlyMap<string, NativeFile>;
  /** The ELF files that this Python cannot load, with a sentence about each. */
  data: ReadonlyMap<string, string>;
  /** The sonames that ELF files need and the host does not have. Neither Python nor a packed program loads these files. */
  missing: ReadonlyMap<SelectedFile, readonly string[]>;
  /** All that is in the directories of the packed modules, but not packed. */
  left: readonly NotPacked[];
  /** Messages about commands that are not packed, and scripts that need the machine. */
  commands: readonly string[];
  /** The entries before the start-up code is added. */
  entries: readonly Entry[];
  /** The findings about the files that relopack adds. */
  added: readonly Finding[];
}

/** The findings for the user: remarks about the request and the added files, then warnings about the host's files. */
export function planFindings(input: FindingsInput): Finding[] {
  return [...remarks(input), ...input.added, ...warnings(input)];
}

function remarks({
  unmatched,
  modules,
  packages,
  files,
  natives,
  data,
  left,
  commands,
  entries,
}: FindingsInput): Finding[] {
  const messages = [
    ...unmatchedGlobs(unmatched),
    ...emptyPackages(modules, packages),
    ...localeArchives(modules),
    ...importsOfVerification(modules, packages, entries),
    ...dlopenNotes(natives),
    ...ambiguousNames(natives),
    ...strayFiles(left),
    ...dataFiles([...data.values()]),
    ...commands,
    ...staleBytecode(files.values(), entries),
  ];
  return messages.map((text) => ({ severity: 'remark', message: text }));
}

/** Warnings about absent libraries, host files that no package owns, and lines of .pth files that are left out. */
function warnings({ entries, missing }: FindingsInput): Finding[] {
  const absent = [...missing].map(([{ host }, sonames]): Finding => {
    const problem = `${host} needs libraries that are not installed: ${sonames.join(', ')}`;
    return { severity: 'warning', message: `${problem}. It is packed, as no module or program loads it` };
  });
  const files = entries.flatMap((entry): Finding[] => {
    if (entry.type !== 'file' || entry.source.kind !== 'host') return [];
    const { host, relocation } = entry.source;
    const moves = relocation.kind === 'pth' ? relocation.moves : [];
    const messages = [
      ...(entry.package === undefined ? [`${host} belongs to no RPM package; it is packed as it is`] : []),
      ...moves
        .filter(([, to]) => to === undefined)
        .map(
          ([from]) =>
            `${host} puts ${from} on sys.path; ${from} is not packed, so the packed file has no such line`,
        ),
    ];
    return messages.map((text) => ({ severity: 'warning', message: text }));
  });
  return [...absent, ...files];
}

/** A glob that matches nothing was often written for paths of the host. */
function unmatchedGlobs(unmatched: readonly Glob[]): Message[] {
  return unmatched.map(
    ({ kind, pattern }) =>
      message`${option(kind, pattern)} matches no file: globs are for paths in the archive, such as lib64/python3.*/test/**`,
  );
}

/** A requested package of which nothing is packed often contains only tests or documentation. */
function emptyPackages(
  modules: readonly PlannedModule[],
  packages: ReadonlyMap<InstalledPackage, unknown>,
): Message[] {
  return modules
    .filter(({ package: pkg }) => !packages.has(pkg) && !hasLocaleArchive(pkg))
    .map(
      ({ request }) =>
        message`${request}: none of its files is packed, as they are tests, documentation or excluded. To pack tests, use ${option('tests')}; for other files, ${option('include')}`,
    );
}

/**
 * Requested packages with all locales in one archive. glibc reads an archive only at the path that it was built for
 * (locale/loadarchive.c), and ignores the archive if LOCPATH is set (locale/findlocale.c).
 */
function localeArchives(modules: readonly PlannedModule[]): Message[] {
  return modules
    .filter(({ package: pkg }) => hasLocaleArchive(pkg))
    .map(
      ({ request }) =>
        `${request}: its locales are in one archive, which glibc cannot read in another place, so they are not packed. ` +
        'Install the language packs that you need, such as glibc-langpack-de, and name them as modules',
    );
}

function hasLocaleArchive({ files }: InstalledPackage): boolean {
  return files.some(({ path }) => path.startsWith('/usr/lib/locale/locale-archive'));
}

/**
 * Modules of which verification imports less than a reader would expect. The interpreter needs no import, as it is
 * started anyway. A path, or a package with libraries, programs or locales, was probably not requested for a module.
 */
function importsOfVerification(
  modules: readonly PlannedModule[],
  packages: ReadonlyMap<InstalledPackage, Reason>,
  entries: readonly Entry[],
): Message[] {
  const owners = new Set(
    entries.filter((entry) => isNative(entry) || isLocale(entry)).map((entry) => entry.package),
  );
  return modules.flatMap(({ request, package: pkg, imports }) => {
    const reason = packages.get(pkg);
    if (imports.length > maxImports)
      return [`${request}: verification imports ${maxImports} of its ${imports.length} modules`];
    if (imports.length > 0 || reason === undefined || reason.kind === 'interpreter') return [];
    if (request.startsWith('/') || owners.has(nevra(pkg))) return [];
    return [`${request}: ${nevra(pkg)} has no top-level module, so verification imports nothing from it`];
  });
}

/** Notes about dlopen that cannot be read, and libraries that a note requires but the host does not have. */
function dlopenNotes(natives: ReadonlyMap<string, NativeFile>): Message[] {
  return [...natives].flatMap(([host, { image, dlopens }]) => [
    ...(image.dlopensMalformed ? [`${host}: its note about dlopen is malformed, so it is ignored`] : []),
    ...dlopens
      .filter(({ need, found }) => need.priority === 'required' && found.size === 0)
      .map(({ need: { sonames, feature } }) => {
        const purpose = feature === undefined ? '' : ` for ${feature}`;
        return `${host} requires ${sonames.join(' or ')}${purpose} and loads it by dlopen, but it is not installed`;
      }),
  ]);
}

/**
 * Libraries that are needed by their paths, if a file needs another library of the same name. On the host ld.so tells them
 * apart by the path. The packed files need both by the name, so a process that loads one of them never loads the other.
 */
function ambiguousNames(natives: ReadonlyMap<string, NativeFile>): Message[] {
  const needs = [...natives].flatMap(([host, native]) =>
    [...native.needs].map(([text, library]) => ({ host, text, library, name: posix.basename(text) })),
  );
  const byPath = needs.filter(({ text, name }) => text !== name);
  return byPath.flatMap(({ host, library, name }) => {
    const other = needs.find((need) => need.name === name && need.library !== library);
    if (other === undefined) return [];
    return [
      `${host} needs ${library} by its path, and ${other.host} needs ${other.library}: a packed process loads only one of the two, as they have the same name`,
    ];
  });
}

function isNative(entry: Entry): boolean {
  return entry.type === 'file' && entry.source.kind === 'host' && entry.source.relocation.kind === 'elf';
}

function isLocale({ path }: Entry): boolean {
  return path.startsWith('lib/locale/');
}

/** How many files one message names. */
const maxNamed = 5;

/** ELF files that this Python cannot load, such as the samples of a parser. */
function dataFiles(problems: readonly string[]): Message[] {
  if (problems.length === 0) return [];
  return [`packed as data, because this Python cannot load it: ${firstOf(problems)}`];
}

/** Files that something else than RPM put into the directory of a module, such as a plugin. Python compiles bytecode itself. */
function strayFiles(left: readonly NotPacked[]): Message[] {
  const stray = left.filter(({ path, package: owner }) => owner === undefined && !/\.pyc$/.test(path));
  if (stray.length === 0) return [];
  const paths = stray.map(({ path }) => path);
  return [
    `not packed, although in the directory of a packed module, as no RPM package owns it: ${firstOf(paths)}`,
  ];
}

function firstOf(texts: readonly string[]): string {
  const more = texts.length - maxNamed;
  return [...texts.slice(0, maxNamed), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Bytecode that is not packed because it is stale. Nothing fails without it, but each start takes longer. */
function staleBytecode(selected: Iterable<SelectedFile>, entries: readonly Entry[]): Message[] {
  const packed = new Set(entries.map(({ path }) => path));
  const wanted = [...selected].filter(({ path }) => packed.has(sourceOf(path) ?? ''));
  const stale = wanted.filter(({ path }) => !packed.has(path)).length;
  if (stale === 0) return [];
  return [
    `${stale} of ${wanted.length} .pyc files are stale (source time or size differs) and are not packed. ` +
      'The packed Python compiles these modules when it imports them, at each start if its folder is read-only',
  ];
}
