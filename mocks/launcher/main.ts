import { builds, buildWhatIsNeeded } from './builds.ts';
import { startWholeHall } from './hall.ts';
import { dataDir, portsFrom } from './settings.ts';

/** `npm start`: the whole hall, offline, on one machine. */
async function main(): Promise<void> {
  const started = Date.now();
  const ports = portsFrom(process.env);
  await buildWhatIsNeeded([builds.phone, builds.console, builds.h5], console.log);
  const hall = await startWholeHall(ports, dataDir());
  console.log(`
增城区政务服务大厅已就绪（${((Date.now() - started) / 1000).toFixed(1)} 秒）

  市民的手机   http://127.0.0.1:${ports.wechat}/phone/     选一位市民，进公众号聊天或打开小程序
  工作台       http://127.0.0.1:${ports.hall}/console/   陈文（群发）chenwen · 林静（审批）linjing · 黄伟（窗口）huangwei
                                                 密码均为 zengcheng-demo-2026
  收到的短信   http://127.0.0.1:${ports.sms}/           微信收不到的人，重要通知发短信
  存储         ${hall.store}
  数据和日志   ${dataDir()}（npm run reset 清空）

按 Ctrl-C 停止。`);
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await hall.stop();
    process.exit(code);
  };
  // `on`, not `once`: Ctrl-C may come twice (from the terminal and through npm), and the second must not cut the stopping short.
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  const broken = await hall.broken;
  if (stopping) return;
  console.error(`${broken} 意外停止，请查看 ${dataDir()}/logs/${broken}.log`);
  await stop(1);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
