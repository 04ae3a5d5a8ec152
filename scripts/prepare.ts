import { installAzurite } from '../__tests__/support/action/azurite.ts';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { olderHost } from '../__tests__/support/rpm-host/bullseye.ts';
import { newerHost } from '../__tests__/support/rpm-host/forky.ts';
import { foreignRoots } from '../__tests__/support/rpm-host/targets.ts';

// Before the tests and not by the first of them: what takes minutes is then seen to be done, and done once.
const { root } = await rpmHost();
// An RPM system has no apt to build the others by.
if (root !== '/') {
  await olderHost();
  await newerHost();
}
await foreignRoots();
await installAzurite();
