import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { must } from '../run.ts';
import { cacheFolder, digest } from './cache.ts';
import { say } from './say.ts';

/** The age of package lists, in seconds, after which they are fetched again. */
const maxListAge = 7 * 24 * 3600;

/** One file that apt can fetch. */
interface Fetchable {
  uri: string;
  file: string;
  /** In apt's form, `SHA256:…`; empty if apt prints none. */
  hash: string;
}

/**
 * A Debian archive with its own apt state. It uses the machine's mirrors and changes nothing on the machine. `release`
 * replaces the name of the machine's own release (bookworm).
 */
export class Archive {
  readonly #folder: string;
  readonly #release: string | undefined;

  private constructor(folder: string, release?: string) {
    this.#folder = folder;
    this.#release = release;
  }

  static async open(release?: string): Promise<Archive> {
    const folder = join(cacheFolder, `apt-${release ?? 'own'}`);
    const archive = new Archive(folder, release);
    await archive.#refresh();
    return archive;
  }

  /**
   * The files that apt would download for these binary packages: `NAME_VERSION_ARCH.deb`. Every test file asks, and apt
   * needs seconds. So the answer is kept until the package lists are fetched again.
   */
  async candidates(packages: string[]): Promise<string[]> {
    return this.#kept(`candidates-${digest(...packages)}.json`, async () =>
      (await this.#list('download', packages)).map(({ file }) => file),
    );
  }

  /** The names of those binary packages that exist; kept like `candidates`. */
  async known(packages: readonly string[]): Promise<string[]> {
    return this.#kept(`known-${digest(...packages)}.json`, async () => {
      const { stdout } = await must('apt-cache', [...this.#options(), 'policy', ...packages], {
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      });
      const candidates = new Map(
        [...stdout.toString().matchAll(/^(\S+):\n.*\n {2}Candidate: (.*)$/gm)].map(([, name, version]) => [
          name,
          version,
        ]),
      );
      return packages.filter((name) => (candidates.get(name) ?? '(none)') !== '(none)');
    });
  }

  /** Downloads binary packages. Returns their paths by package name. */
  async packages(names: string[]): Promise<Map<string, string>> {
    const files = await this.#fetch('download', names);
    return new Map(files.map((file) => [basename(file).replace(/_.*/, ''), file]));
  }

  /** Downloads the upstream tarball of a source package, without Debian's patches. Returns its path. */
  async upstream(source: string): Promise<string> {
    const [tarball] = await this.#fetch('source', ['--tar-only', source]);
    if (tarball === undefined) throw new Error(`apt knows no source package ${source}`);
    return tarball;
  }

  async #fetch(command: string, names: string[]): Promise<string[]> {
    const folder = join(cacheFolder, 'downloads');
    await mkdir(folder, { recursive: true });
    const wanted = await this.#list(command, names);
    const missing = wanted.filter(({ file }) => !existsSync(join(folder, file)));
    if (missing.length > 0) {
      say(`fetching ${missing.length} of ${wanted.length} Debian packages`);
      const unfinished = join(folder, 'unfinished');
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished);
      const one = new Set(missing.map(({ file }) => file.replace(/_.*/, '')));
      const words = command === 'download' ? names.filter((name) => one.has(name)) : names;
      const only = command === 'source' ? ['--download-only'] : [];
      await must('apt-get', [...this.#options(), command, '--quiet', ...only, ...words], { cwd: unfinished });
      for (const { file } of missing) await rename(join(unfinished, file), join(folder, file));
      await rm(unfinished, { recursive: true, force: true });
    }
    return wanted.map(({ file }) => join(folder, file));
  }

  async #kept(name: string, ask: () => Promise<string[]>): Promise<string[]> {
    const kept = join(this.#folder, name);
    if ((await changed(kept)) < (await changed(join(this.#folder, 'refreshed'))))
      await writeFile(kept, JSON.stringify(await ask()));
    return JSON.parse(await readFile(kept, 'utf8'));
  }

  async #list(command: string, names: string[]): Promise<Fetchable[]> {
    const { stdout } = await must('apt-get', [...this.#options(), command, '--print-uris', ...names]);
    const lines = [...stdout.toString().matchAll(/^'([^']+)' (\S+) \d+ ?(\S*)$/gm)];
    return lines.map(([, uri = '', file = '', hash = '']) => ({ uri, file, hash }));
  }

  #options(): string[] {
    const settings = {
      'Dir::Etc::sourcelist': join(this.#folder, 'sources.list'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::State::lists': join(this.#folder, 'lists'),
      'Dir::Cache': join(this.#folder, 'cache'),
      'APT::Sandbox::User': 'root',
      // For another release, the packages that are installed on this machine are not candidates.
      ...(this.#release === undefined ? {} : { 'Dir::State::status': '/dev/null' }),
    };
    return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  }

  async #refresh(): Promise<void> {
    const stamp = join(this.#folder, 'refreshed');
    const age = (Date.now() - (await changed(stamp))) / 1000;
    if (age < maxListAge) return;
    say('fetching the lists of Debian packages');
    await mkdir(join(this.#folder, 'lists', 'partial'), { recursive: true });
    await mkdir(join(this.#folder, 'cache', 'archives', 'partial'), { recursive: true });
    await writeFile(join(this.#folder, 'sources.list'), (await sources(this.#release)).join('\n'));
    await must('apt-get', [...this.#options(), 'update', '--quiet']);
    await writeFile(stamp, '');
  }
}

/** The time of a file's last change in milliseconds; 0 if the file does not exist. */
async function changed(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

/**
 * The machine's mirror for its own release, as arguments of debootstrap. None if it is not a Debian: debootstrap has a
 * default.
 */
export async function mirror(): Promise<string[]> {
  return existsSync('/usr/bin/apt-get') ? (await sites()).slice(0, 1).map(({ uri }) => uri) : [];
}

async function sources(release?: string): Promise<string[]> {
  const own = await sites();
  const codename = own[0]?.codename ?? '';
  return own.flatMap((site) => {
    const suite = release === undefined ? site.codename : site.codename.replace(codename, release);
    return ['deb', 'deb-src'].map((kind) => `${kind} ${site.uri} ${suite} ${site.component}`);
  });
}

/** The machine's own Debian archives, the release itself first. */
async function sites(): Promise<{ uri: string; codename: string; component: string }[]> {
  const format = '$(REPO_URI) $(CODENAME) $(COMPONENT)';
  const query = ['indextargets', '--format', format, 'Created-By: Packages', 'Origin: Debian'];
  const lines = (await must('apt-get', query)).stdout.toString().split('\n');
  return lines.flatMap((line) => {
    const [uri, codename, component] = line.split(' ');
    return uri && codename && component ? [{ uri, codename, component }] : [];
  });
}
