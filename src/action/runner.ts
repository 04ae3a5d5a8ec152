/** The runner's facts about a job. */
export interface Runner {
  /** A directory that is emptied after the job. The step's working directory if RUNNER_TEMP is not set. */
  temp: string;
  /** `https://github.com`, or the address of a GitHub Enterprise Server. */
  serverUrl: string;
  /** `OWNER/NAME` */
  repository: string;
  runId: string;
  /** Whether the step can use the artifact service. JavaScript actions can, `run:` steps cannot. */
  mayUpload: boolean;
  /** The files for outputs and for the summary, by the variables that name them. Only variables that are set. */
  commandFiles: ReadonlyMap<string, string>;
}

const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'];

/**
 * Reads the runner's variables. RUNNER_TEMP must be read here: in a container job, the expression `runner.temp` is a
 * path of the machine outside of the container.
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
 * Whether this is a GitHub Enterprise Server. It does not have the artifact service of the client's version. The rule
 * is the client's own (`isGhes` in its shared/config).
 */
export function isEnterpriseServer({ serverUrl }: Runner): boolean {
  const hostname = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
  return !/^github\.com$|\.ghe\.com$|\.localhost$/.test(hostname);
}
