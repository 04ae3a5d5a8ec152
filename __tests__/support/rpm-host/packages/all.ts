import { base } from './base.ts';
import { flexiblas } from './flexiblas.ts';
import { libraries } from './libraries.ts';
import { python } from './python.ts';
import type { Source } from './source.ts';

/** Every source package of the host. */
export const sources: Source[] = [...base, ...libraries, flexiblas, ...python];
