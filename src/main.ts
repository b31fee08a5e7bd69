import { createHttpApp } from './app.setup.js';
import { Config, ConfigRefused } from './platform/config/config.js';
import { leaveWithParent } from './platform/config/leave-with-parent.js';

try {
  const app = await createHttpApp();
  const { HOST, PORT } = app.get(Config);
  leaveWithParent(() => app.close());
  await app.listen(PORT, HOST);
} catch (error) {
  process.stderr.write(`${error instanceof ConfigRefused ? error.message : String(error)}\n`);
  process.exit(1);
}
