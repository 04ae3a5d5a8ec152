import { installAzurite } from '../__tests__/support/action/azurite.ts';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { olderHost } from '../__tests__/support/rpm-host/releases/bullseye.ts';
import { newerHost } from '../__tests__/support/rpm-host/releases/forky.ts';
import { foreignRoots } from '../__tests__/support/rpm-host/targets.ts';

// This takes minutes. So it runs before the tests, once, and its progress is visible.
const { root } = await rpmHost();
// The other hosts are built with apt, which an RPM system does not have.
if (root !== '/') {
  await olderHost();
  await newerHost();
}
await foreignRoots();
await installAzurite();
