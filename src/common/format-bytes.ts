/** A size for people, such as `12.3 MB`. Small sizes have two decimals, others one, unless told otherwise. */
export function megabytes(bytes: number, decimals = bytes < 1e7 ? 2 : 1): string {
  return `${(bytes / 1e6).toFixed(decimals)} MB`;
}
