/** A request that is not a name, but may contain one. */
export interface Wording {
  /** What it is, for a message. */
  is: string;
  /** The name in it; empty if it has none. */
  name: string;
  /** Whether it could be a name as well: `webkit2gtk-4.0` is the name of a package, and `requests-2.28` is not. */
  isAmbiguous: boolean;
}

interface Form {
  is: string;
  /** The first group is the name. */
  pattern: RegExp;
  isAmbiguous?: boolean;
}

const arch = '(?:noarch|x86_64|i[3-6]86|aarch64|armv7hl|ppc64le|s390x|riscv64|src)';
/** The name of a package, a Python distribution or a capability, without a version. */
const name = String.raw`[A-Za-z0-9_][\w.+-]*(?:\([^()\s]*\))?`;

/** Quotes, brackets and separators, in a class of characters. */
const marks = '\\s\'"`[\\](){},;:-';

/** The first that matches is used. */
const forms: readonly Form[] = [
  // PEP 427: NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl
  { is: 'the file name of a wheel', pattern: /^(?:.*\/)?([^/-]+)-[^/]+\.whl$/ },
  { is: 'the file name of an RPM package', pattern: /^(?:.*\/)?([^/]+)-[^/-]+-[^/-]+\.rpm$/ },
  { is: 'the file name of an archive', pattern: /^(?:.*\/)?([^/]+?)-v?\d[^/]*\.(?:tar\.\w+|tgz|zip|egg)$/ },
  { is: 'an address', pattern: /^[\w+.-]+:\/\/(?:.*\/)?([^/#@]+?)(?:\.git)?\/?(?:[@#].*)?$/ },
  { is: 'the name of a file', pattern: /^(?:[^/].*\/)?[^/]+\.(?:txt|toml|cfg|lock)()$/ },
  { is: 'a relative path', pattern: /^(?:~|[^/[(<>=~!;@]+)\/()/ },
  // PEP 508, conda and npm. A capability can have a version too, as in a spec file.
  {
    is: 'a requirement, not a name',
    pattern: new RegExp(`^(${name})\\s*(?:\\[[^\\]]*\\])?\\s*\\(?(?:[<>=~!]=?|[@;]).*$`),
  },
  { is: 'a name with extras', pattern: new RegExp(`^(${name})\\[[^*?]*\\]$`) },
  { is: 'a glob', pattern: /[*?]()/ },
  {
    is: 'a package with its version',
    pattern: new RegExp(`^(.+)-(?:\\d+:)?[^-:\\s]+-[^-\\s]+\\.${arch}$`),
  },
  { is: 'a package with its architecture', pattern: new RegExp(`^(.+)\\.${arch}$`) },
  {
    is: 'a name with a version',
    pattern: /^(.+?)-(?:\d+:)?\d[\w.+~^]*(?:-\d[\w.+~^]*)?$/,
    isAmbiguous: true,
  },
  { is: 'not a name', pattern: /^(?:[\W\d]*|[<>=~!].*)()$/ },
  // As in a list of YAML, JSON or a shell.
  { is: 'a name with other characters around it', pattern: new RegExp(`^[${marks}]*(${name})[${marks}]*$`) },
];

/** The wording of a request; undefined if it is a name or an absolute path. */
export function wordingOf(request: string): Wording | undefined {
  for (const { is, pattern, isAmbiguous = false } of forms) {
    const found = pattern.exec(request)?.[1];
    if (found !== undefined) return found === request ? undefined : { is, name: found, isAmbiguous };
  }
  return undefined;
}
