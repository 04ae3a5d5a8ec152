/** What the runner tells a step of the job that it belongs to. */
export interface Runner {
  /** A directory that is emptied after the job; the step's working directory where it is not set. */
  temp: string;
  /** `https://github.com`, or the address of a GitHub Enterprise Server. */
  serverUrl: string;
  /** `OWNER/NAME` */
  repository: string;
  runId: string;
  /** Whether the step may talk to the artifact service: JavaScript actions may, `run:` steps may not. */
  mayUpload: boolean;
  /** The files that outputs and the summary are written to, by the variables that name them; only those that are set. */
  commandFiles: ReadonlyMap<string, string>;
}

const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'];

/**
 * Reads the runner's variables. RUNNER_TEMP has to come from here, since the expression `runner.temp` is a path of the
 * machine below in a job that runs in a container.
 */
export function readRunner(env: NodeJS.ProcessEnv): Runner {
  return {
    temp: env.RUNNER_TEMP || '.',
    serverUrl: env.GITHUB_SERVER_URL || 'https://github.com',
    repository: env.GITHUB_REPOSITORY ?? '',
    runId: env.GITHUB_RUN_ID ?? '',
    mayUpload: Boolean(env.ACTIONS_RUNTIME_TOKEN && env.ACTIONS_RESULTS_URL),
    commandFiles: new Map(commandFiles.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))),
  };
}

/**
 * Whether this is a GitHub Enterprise Server, which has no artifact service of the version that the client speaks
 * (`isGhes` in the client's shared/config).
 */
export function isEnterpriseServer({ serverUrl }: Runner): boolean {
  const hostname = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
  return !/^github\.com$|\.ghe\.com$|\.localhost$/.test(hostname);
}
