import { base } from './packages/base.ts';
import { flexiblas } from './packages/flexiblas.ts';
import { libraries } from './packages/libraries.ts';
import { python } from './packages/python.ts';
import type { Source } from './packages/source.ts';

/** Every source package of the host. */
export const sources: Source[] = [...base, ...libraries, flexiblas, ...python];
