/** A check that was passed. */
export interface Check {
  name: 'checksum' | 'files' | 'libraries' | 'imports' | 'children' | 'isolation';
  detail: string;
}
