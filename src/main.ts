import { createHttpApp } from './app.setup.js';
import { Config, ConfigRefused, readConfig } from './platform/config/config.js';
import { Draining } from './platform/http/draining.js';
import { dieOfUncaught } from './platform/lifetime/last-words.js';
import { leaveWhenAsked } from './platform/lifetime/leaving.js';
import { createLogger } from './platform/logging/logging.js';

try {
  const logger = createLogger(readConfig().LOG_LEVEL);
  dieOfUncaught(logger);
  const app = await createHttpApp(logger);
  const { HOST, PORT, DRAIN_SECONDS } = app.get(Config);
  leaveWhenAsked(async () => {
    await app.get(Draining).begin(DRAIN_SECONDS);
    await app.close();
  }, logger);
  await app.listen(PORT, HOST);
} catch (error) {
  process.stderr.write(`${error instanceof ConfigRefused ? error.message : String(error)}\n`);
  process.exit(1);
}
