import { quotedShellWord } from '../../common/shell-word.ts';
import { normalize } from '../../python/dist-info.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { RequestContext } from './candidates.ts';

/**
 * The distributions of import names that differ from them. Of a module that is not installed, only such a list can tell.
 * The names are those of popular projects that distributions package.
 */
const distributionsOfImports: Readonly<Record<string, string>> = {
  _cffi_backend: 'cffi',
  _yaml: 'pyyaml',
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  Cryptodome: 'pycryptodomex',
  cv2: 'opencv',
  dateutil: 'python-dateutil',
  dns: 'dnspython',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  gi: 'pygobject',
  git: 'gitpython',
  jose: 'python-jose',
  jwt: 'pyjwt',
  ldap: 'python-ldap',
  magic: 'python-magic',
  MySQLdb: 'mysqlclient',
  nacl: 'pynacl',
  OpenSSL: 'pyopenssl',
  PIL: 'pillow',
  pkg_resources: 'setuptools',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  socks: 'pysocks',
  usb: 'pyusb',
  websocket: 'websocket-client',
  win32api: 'pywin32',
  yaml: 'pyyaml',
  zmq: 'pyzmq',
};

/** Parts of the standard library that distributions have in packages of their own, by the end of the package's name. */
const packagesOfPython: Readonly<Record<string, string>> = {
  idlelib: 'idle',
  test: 'test',
  tkinter: 'tkinter',
  turtle: 'tkinter',
};

/** The directories whose files packages own. */
const ownedByPackages = /^\/(?:usr|etc|opt|var|s?bin|lib(?:64)?)\//;

/**
 * The command that installs what a request names, as far as the request can name something in a repository. Undefined
 * if nothing there can have such a name.
 */
export function installCommand(context: RequestContext, request: string): string | undefined {
  const { install } = context.distribution;
  const names = installable(context, request).map(quotedShellWord);
  if (names.length === 0) return undefined;
  const [first, second] = names.map((name) => `${install} ${name}`);
  return second === undefined ? first : `${first} (if it is the name of a package: ${second})`;
}

/** The command that installs a Python distribution for the packed Python. */
export function installDistribution({ distribution, interpreter }: RequestContext, name: string): string {
  return `${distribution.install} ${quotedShellWord(capabilityOf(interpreter, name))}`;
}

function capabilityOf({ version }: Interpreter, name: string): string {
  return `python${version}dist(${normalize(name)})`;
}

/** The distribution of an import name, if it is known that its name is another one. */
export function projectOfImport(name: string): string | undefined {
  return distributionsOfImports[name.replace(/\..*$/, '')];
}

/** The names to install, the likeliest first. */
function installable({ interpreter, distribution }: RequestContext, request: string): string[] {
  if (request.startsWith('/')) return ownedByPackages.test(request) ? [request] : [];
  if (/[()]/.test(request)) return [normalizedCapability(request)];
  const family = /^python[\d.]*\d/.exec(interpreter.package.name)?.[0] ?? 'python3';
  const [top = ''] = request.split('.');
  const part = packagesOfPython[top];
  if (part !== undefined)
    return [
      `${family}-${distribution.install.startsWith('zypper') ? part.replace(/^tkinter$/, 'tk') : part}`,
    ];
  const project = projectOfImport(request);
  if (project !== undefined) return [capabilityOf(interpreter, project)];
  // The rest of a package's name can have upper case: python3-PyMySQL.
  const [, prefix, rest] = /^(python[\d.]*)-(.+)$/i.exec(request) ?? [];
  if (prefix !== undefined) return [`${prefix === 'python' ? family : prefix.toLowerCase()}-${rest}`];
  if (/^python[\d.]*$/.test(request)) return [request];
  // PEP 508 has the names of distributions. The name of a package is one of them, or has a `+` too.
  if (/^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(request)) return [capabilityOf(interpreter, request), request];
  return /^\w[\w.+-]*$/.test(request) ? [request] : [];
}

/** The capability of a Python distribution as rpm's generator writes it (PEP 503). Others stay as they are. */
export function normalizedCapability(capability: string): string {
  return capability.replace(/^(python\d+(?:\.\d+)?dist)\(([^()[\]]+)/i, (_, kind: string, name: string) => {
    return `${kind.toLowerCase()}(${normalize(name)}`;
  });
}
