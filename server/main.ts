import { readConfig } from './config.ts';
import { openHall, type Role, roles } from './hall.ts';
import { systemClock } from './kernel/clock.ts';
import { connectDatabase, disconnectDatabase, prepareDatabase } from './kernel/database.ts';
import { log } from './kernel/log.ts';
import { seedDemo } from './scripts/seedDemo.ts';

/** `node --import tsx server/main.ts [web] [worker] [clock]`: the roles this process plays; all three when none is named. */
async function main(): Promise<void> {
  const wanted = rolesFrom(process.argv.slice(2));
  const config = readConfig(process.env);
  const clock = systemClock(config.HALL_CLOCK_OFFSET_MS);
  await connectDatabase(config.MONGODB_URI, config.MONGODB_DATABASE);
  const hall = openHall(config, clock);
  await prepareDatabase();
  if (config.DEMO) await seedDemo(clock);
  const running = await hall.start(wanted);
  log.info({ roles: wanted, port: running.port }, 'the hall is open');
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'closing');
    await running.stop();
    await disconnectDatabase();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
}

function rolesFrom(args: readonly string[]): readonly Role[] {
  const unknown = args.filter((each) => !(roles as readonly string[]).includes(each));
  if (unknown.length > 0)
    throw new Error(`unknown role ${unknown.join(', ')}: choose from ${roles.join(', ')}`);
  return args.length > 0 ? (args as Role[]) : roles;
}

main().catch((error: Error) => {
  console.error(error.message);
  log.fatal({ cause: error }, 'the hall could not open');
  process.exit(1);
});
