// A process of its own that knows nothing: asks for the access token once, prints it. For the test of single flight.
import { connectDatabase, disconnectDatabase } from '../kernel/database.ts';
import { AccessToken } from '../wechat/official-account/accessToken.ts';
import { stableToken } from '../wechat/official-account/client.ts';
import { Transport } from '../wechat/official-account/transport.ts';
import { accountKeys } from './accountKeys.ts';

const [uri, name, base] = process.argv.slice(2) as [string, string, string];
await connectDatabase(uri, name);
const transport = new Transport({ base });
const tokens = new AccessToken({
  appid: accountKeys.appid,
  fetch: stableToken(transport, accountKeys.appid, accountKeys.secret),
});
process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  process.stdout.write(`${await tokens.get()}\n`);
  await transport.close();
  await disconnectDatabase();
  process.exit(0);
});
