import picomatch from 'picomatch';
import { type Message, message } from '../../common/message.ts';
import { nearest } from '../../common/suggestions.ts';
import { distributionNames } from '../../python/dist-info.ts';
import { pythonVersions } from '../../python/package-versions.ts';
import type { InstalledPackage } from '../../rpm/package.ts';
import { archivePath } from '../archive-path.ts';
import { importNames } from '../import-names.ts';
import { candidates, type RequestContext } from './candidates.ts';
import { installCommand, normalizedCapability, projectOfImport } from './install-command.ts';
import { wordingOf } from './wording.ts';

/** The reason why a MODULE names no package that can be packed. */
export interface Refusal {
  request: string;
  code: 'module-not-found' | 'module-other-python';
  problem: Message;
  remedy: Message;
}

/** The limit for names that a message suggests. */
const maxNames = 5;

/** Modules of the standard library that have no file. Others of that kind have private names. */
const builtins: ReadonlySet<string> = new Set(
  'atexit builtins errno faulthandler gc itertools marshal posix pwd signal sys time'.split(' '),
);

const nameSomething = 'Name a package, a capability, or a Python distribution such as pyyaml.';

type Answer = Pick<Refusal, 'problem' | 'remedy'>;

/** The refusal of a request that names nothing installed. It says how to write the request, or how to install it. */
export function notFound(context: RequestContext, request: string): Refusal {
  return { request, code: 'module-not-found', ...answerTo(context, request) };
}

function answerTo(context: RequestContext, request: string): Answer {
  const wording = wordingOf(request);
  const isInstalled = wording !== undefined && candidates(context, wording.name).length > 0;
  if (wording === undefined || (wording.isAmbiguous && !isInstalled)) return notInstalled(context, request);
  const { is, name } = wording;
  const problem = `'${request}' is ${is}`;
  if (isInstalled) return { problem, remedy: `Use ${name}: relopack packs the version that is installed.` };
  if (name === '') return { problem, remedy: matching(context, request) ?? nameSomething };
  const { problem: second, remedy } = notInstalled(context, name);
  return { problem: message`${problem}, and ${second}`, remedy };
}

/** The packages that a glob matches, if it is one. */
function matching({ installed }: RequestContext, request: string): string | undefined {
  // The alternatives of regular expressions could be matched for ever.
  if (!/^[^()|]*[*?][^()|]*$/.test(request)) return undefined;
  const isMatch = picomatch(request);
  const names = [...new Set(installed.packages.map(({ name }) => name))]
    .filter((name) => isMatch(name))
    .sort();
  if (names.length === 0) return undefined;
  const more = names.length > maxNames ? `, and ${names.length - maxNames} more` : '';
  return `Use the name of each package. The glob matches ${names.slice(0, maxNames).join(', ')}${more}.`;
}

function notInstalled(context: RequestContext, request: string): Answer {
  const command = installCommand(context, request);
  if (request.startsWith('/')) return noSuchFile(context, request, command);
  const inPython = standardModule(context, request);
  if (inPython !== undefined)
    return { problem: `'${request}' is a module of Python itself`, remedy: inPython };
  const { names, isSame } = similarNames(context, request);
  const meant = names.length === 0 ? '' : `Did you mean ${names.join(', ')}?`;
  return {
    problem: `'${request}' is not installed on ${context.distribution.name}: no package, capability or Python project has this name`,
    remedy: isSame ? meant : installRemedy(meant, command),
  };
}

function installRemedy(meant: string, command: string | undefined): string {
  if (command === undefined) return meant || nameSomething;
  return meant === '' ? `Install it first: ${command}` : `${meant} If not, install it first: ${command}`;
}

function noSuchFile(
  { installed, distribution }: RequestContext,
  path: string,
  command: string | undefined,
): Answer {
  if (installed.root.lstat(path) !== undefined) {
    return {
      problem: `${path} belongs to no RPM package of ${distribution.name}`,
      remedy: 'Name a file of a package. Copy files of your own into the unpacked archive.',
    };
  }
  return {
    problem: `the file ${path} does not exist on ${distribution.name}`,
    remedy:
      command === undefined
        ? 'Name a file of a package. No package has files in this directory.'
        : `Install the package that contains it: ${command}`,
  };
}

/** What to do about the name of a module of the standard library; undefined if it is not one. */
function standardModule({ installed, interpreter }: RequestContext, request: string): string | undefined {
  const { stdlib } = interpreter;
  const [top = ''] = request.split('.');
  const packed = 'Leave it out: the standard library is always packed.';
  if (builtins.has(top)) return packed;
  const owner = (path: string) => installed.owner(`${stdlib}/${path}`)?.package;
  const extensions = installed.root
    .list(`${stdlib}/lib-dynload`)
    .filter((file) => file.startsWith(`${top}.`) && file.endsWith('.so'));
  const paths = [`${top}.py`, `${top}/__init__.py`, ...extensions.map((file) => `lib-dynload/${file}`)];
  const [found] = paths.flatMap((path) => owner(path) ?? []);
  if (found === undefined) return undefined;
  return found === owner('os.py') ? packed : `Use the name of its package: ${found.name}`;
}

/** Names that the user may have meant, and whether these mean the same thing as the request. */
function similarNames(context: RequestContext, request: string): { names: string[]; isSame: boolean } {
  const same = sameNames(context, request);
  if (same.length > 0) return { names: same.slice(0, maxNames), isSame: true };
  const { installed } = context;
  const names = nearest(
    request,
    ofPython(context).flatMap((pkg) => [pkg.name, ...distributionNames(pkg)]),
  );
  if (names.length > 0) return { names, isSame: false };
  // Packages without Python files are only suggested if nothing else is similar.
  const all = installed.packages.map(({ name }) => name);
  return { names: nearest(request, all), isSame: false };
}

/** Packages that differ only in upper case, or that have a module of the requested name. */
function sameNames(context: RequestContext, request: string): string[] {
  const named = context.installed.packages.filter(({ name }) => name.toLowerCase() === request.toLowerCase());
  const importable = ofPython(context).filter((pkg) => imports(pkg, context, request));
  const names = new Set([...named, ...importable].map(({ name }) => name));
  if (names.size > 0) return [...names];
  const spelling = projectOfImport(request) ?? normalizedCapability(request);
  return candidates(context, spelling).length > 0 ? [spelling] : [];
}

function ofPython({ installed, interpreter }: RequestContext): InstalledPackage[] {
  return installed.packages.filter((pkg) => pythonVersions(pkg).has(interpreter.version));
}

/** Whether a package has the module that a request names, or a module in it or around it. */
function imports({ files }: InstalledPackage, { interpreter }: RequestContext, request: string): boolean {
  const wanted = `${request.toLowerCase()}.`;
  const paths = files.map(({ path }) => archivePath(path, interpreter));
  return importNames(paths, interpreter)
    .map((name) => `${name.toLowerCase()}.`)
    .some((name) => name.startsWith(wanted) || wanted.startsWith(name));
}
