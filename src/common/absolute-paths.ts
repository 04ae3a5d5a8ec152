/** A character after which no absolute path begins: it is part of a name, of a relative path, or of a variable. */
const inside = /[\w.+@%~$}*?/-]/;

/** The first character of a part that a program fills in: `%s`, `$VERSION`, `{name}`, `?.lua`, `*.conf`. */
const variable = /[%*?${}]/;

/** A path with `.`, `..`, doubled slashes or a slash at the end. */
const odd = /\/\.{0,2}(?:\/|$)/;

/** Finds absolute paths in texts of any kind. */
export class PathFinder {
  readonly #pattern: RegExp;

  /** `names` are those in the root directory. A path that begins with another name is not found. */
  constructor(names: readonly string[]) {
    const first = names.map((name) => name.replace(/[^\w]/g, '\\$&')).join('|');
    this.#pattern = new RegExp(`/(?:${first})(?:/[\\w.+@/%*?\${}~-]*|(?![\\w.+@%*?\${}~-]))`, 'g');
  }

  /**
   * The absolute paths in a text, without `.`, `..` and doubled slashes. Of a path with a part that a program fills in,
   * such as `/usr/share/app/%s.dat`, it is the directory. A list with colons is several paths.
   */
  find(text: string): string[] {
    const found: string[] = [];
    for (const { 0: match, index } of text.matchAll(this.#pattern)) {
      if (!beginsAt(text, index)) continue;
      const cut = match.search(variable);
      const path = cut === -1 ? match : match.slice(0, match.lastIndexOf('/', cut));
      found.push(odd.test(path) ? plain(path) : path);
    }
    return found;
  }
}

function beginsAt(text: string, index: number): boolean {
  return !inside.test(text.charAt(index - 1)) || text.slice(Math.max(0, index - 7), index) === 'file://';
}

function plain(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
