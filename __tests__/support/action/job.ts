import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type RpmHost, rpmHost } from '../rpm-host/build.ts';
import { inRoot } from '../rpm-host/targets.ts';
import { token } from './service.ts';

const checkout = join(import.meta.dirname, '../../..');

/** Asked for once, since to find out that it is still the right one takes a while. */
let host: Promise<RpmHost> | undefined;

/** What action.yml declares. */
export interface Metadata {
  name: string;
  description: string;
  inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
}

export const metadata: Metadata = parse(readFileSync(join(checkout, 'action.yml'), 'utf8'));

/** An error or a warning as the page of a run shows it. */
export interface Shown {
  level: 'error' | 'warning';
  title: string;
  message: string;
}

/** What a step left behind. */
export interface Step {
  code: number;
  /** The log, without what the runner takes out of it. */
  log: string[];
  shown: Shown[];
  outputs: Record<string, string>;
  summary: string;
}

export interface StepOptions {
  /** Other variables than those of a job on github.com. */
  env?: Record<string, string>;
  /** More of this machine's directories inside the container. */
  binds?: Record<string, string>;
}

/** A job in a container of the test host, whose steps share a workspace and RUNNER_TEMP as on GitHub. */
export class Job {
  /** The directory of this machine that the job has as /__w. */
  readonly work = mkdtempSync(join(tmpdir(), 'relopack-job-'));
  readonly run = randomUUID();
  readonly token = token(`Actions.Results:${this.run}:${randomUUID()}`);
  readonly #resultsUrl: string;
  #steps = 0;

  constructor(resultsUrl: string) {
    this.#resultsUrl = resultsUrl;
    for (const folder of ['app/app', '_temp/_runner_file_commands', '_temp/_github_home'])
      mkdirSync(join(this.work, folder), { recursive: true });
  }

  /** Where this machine has a path of the container. */
  onDisk(path: string): string {
    if (!path.startsWith('/__w/')) throw new Error(`${path} is not in the workspace`);
    return join(this.work, path.slice('/__w/'.length));
  }

  get temp(): string {
    return join(this.work, '_temp');
  }

  /**
   * Runs `uses: relopack/relopack@v1` as the runner does it in a container job: `docker exec` of its own Node with the
   * action's main file, the variables given one by one and never through a shell (runner src/Runner.Worker/Handlers).
   */
  async relopack(inputs: Record<string, string>, { env = {}, binds = {} }: StepOptions = {}): Promise<Step> {
    for (const name of Object.keys(inputs))
      if (!(name in metadata.inputs)) throw new Error(`action.yml has no input ${name}`);
    const given = Object.entries(metadata.inputs).flatMap(([name, { default: standard }]) => {
      const value = inputs[name] ?? standard;
      return value === undefined ? [] : [[inputVariable(name), String(value)] as const];
    });
    const step = ++this.#steps;
    const commands = Object.fromEntries(
      ['OUTPUT', 'STEP_SUMMARY', 'ENV', 'PATH', 'STATE'].map((name) => [
        name,
        `${name.toLowerCase()}_${step}`,
      ]),
    );
    const files = join(this.temp, '_runner_file_commands');
    for (const file of Object.values(commands)) writeFileSync(join(files, file), '');
    host ??= rpmHost();
    const { root } = await host;
    const action = '/__w/_actions/relopack/relopack/v1';
    const { code, stdout, stderr } = await inRoot(
      root,
      ['/__e/node24/bin/node', `${action}/${metadata.runs.main}`],
      {
        cwd: '/__w/app/app',
        binds: {
          [this.work]: '/__w',
          [process.execPath]: '/__e/node24/bin/node',
          [join(checkout, 'dist')]: `${action}/dist`,
          [join(checkout, 'package.json')]: `${action}/package.json`,
          [join(checkout, 'action.yml')]: `${action}/action.yml`,
          [join(this.temp, '_github_home')]: '/github/home',
          ...binds,
        },
        env: {
          ...Object.fromEntries(given),
          ...Object.fromEntries(
            Object.entries(commands).map(([name, file]) => [
              `GITHUB_${name}`,
              `/__w/_temp/_runner_file_commands/${file}`,
            ]),
          ),
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_ACTION: '__relopack_relopack',
          GITHUB_ACTION_REPOSITORY: 'relopack/relopack',
          GITHUB_API_URL: 'https://api.github.com',
          GITHUB_JOB: 'pack',
          GITHUB_REPOSITORY: 'app/app',
          GITHUB_RETENTION_DAYS: '90',
          GITHUB_RUN_ID: this.run,
          GITHUB_SERVER_URL: 'https://github.com',
          GITHUB_WORKSPACE: '/__w/app/app',
          HOME: '/github/home',
          PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          RUNNER_ARCH: 'X64',
          RUNNER_OS: 'Linux',
          RUNNER_TEMP: '/__w/_temp',
          RUNNER_TOOL_CACHE: '/__t',
          ACTIONS_RESULTS_URL: `${this.#resultsUrl}/`,
          ACTIONS_RUNTIME_TOKEN: this.token,
          ...env,
        },
      },
    );
    const lines = `${stdout}${stderr}`.split('\n');
    return {
      code,
      log: lines.filter((line) => !/^::(?:debug|add-mask|error|warning)/.test(line)),
      shown: lines.flatMap(annotation),
      outputs: readOutputs(join(files, commands.OUTPUT ?? '')),
      summary: readFileSync(join(files, commands.STEP_SUMMARY ?? ''), 'utf8'),
    };
  }

  /** The process of the step that runs now, as this machine counts. */
  async process(): Promise<number | undefined> {
    const { globSync } = await import('node:fs');
    for (const file of globSync('/proc/[0-9]*/environ')) {
      const pid = Number(file.split('/')[2]);
      if (
        !readable(`/proc/${pid}/comm`).startsWith('node') &&
        !readable(`/proc/${pid}/comm`).startsWith('MainThread')
      )
        continue;
      if (readable(file).includes(`GITHUB_RUN_ID=${this.run}`)) return pid;
    }
    return undefined;
  }

  remove(): void {
    if (existsSync(this.work)) rmSync(this.work, { recursive: true });
  }
}

/** Only spaces are replaced: `artifact-name` is INPUT_ARTIFACT-NAME, which no shell could set. */
function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

function annotation(line: string): Shown[] {
  const [, level, title = '', message = ''] = /^::(error|warning) title=(.*?)::(.*)$/.exec(line) ?? [];
  if (level !== 'error' && level !== 'warning') return [];
  return [{ level, title: decode(title), message: decode(message) }];
}

/** The escapes of workflow commands. */
function decode(value: string): string {
  return value
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

/** `NAME<<DELIMITER`, lines, `DELIMITER`, as the runner reads it (src/Runner.Worker/FileCommandManager.cs). */
function readOutputs(path: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const pattern = /^([^\n=<]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm;
  for (const [, name = '', , value = ''] of readFileSync(path, 'utf8').matchAll(pattern))
    outputs[name] = value;
  return outputs;
}

function readable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
