import { installAzurite } from '../__tests__/action/azurite.ts';
import { rpmHost } from '../__tests__/host/build.ts';
import { foreignRoots } from '../__tests__/host/targets.ts';

// Before the tests and not by the first of them: what takes minutes is then seen to be done, and done once.
await rpmHost();
await foreignRoots();
await installAzurite();
