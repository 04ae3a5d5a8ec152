/** The median time of each job in milliseconds. A round runs each job once, so that all share a busy machine alike. */
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
