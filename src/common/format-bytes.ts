/** Bytes for people, such as `3.14 MB` or `31.4 MB`. */
export function megabytes(bytes: number, decimals: number = bytes < 1e7 ? 2 : 1): string {
  return `${(bytes / 1e6).toFixed(decimals)} MB`;
}
