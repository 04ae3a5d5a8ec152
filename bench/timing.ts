import { run } from '../__tests__/support/run.ts';

/** Runs a program that has to succeed. */
export async function must(file: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await run(file, args);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
}

/** How long each job takes: the median of so many rounds, in which the jobs take turns. Milliseconds. */
export async function medians<Name extends string>(
  rounds: number,
  jobs: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const times = new Map<string, number[]>(Object.keys(jobs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, job] of Object.entries<() => Promise<unknown>>(jobs)) {
      const start = performance.now();
      await job();
      times.get(name)?.push(performance.now() - start);
    }
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return Object.fromEntries(
    [...times].map(([name, values]) => [name, middle(values) ?? Number.NaN]),
  ) as Record<Name, number>;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
