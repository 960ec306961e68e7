import { rmSync } from 'node:fs';
import { dataDir } from './settings.ts';

const directory = dataDir();
rmSync(directory, { recursive: true, force: true });
console.log(`已清空 ${directory}，下次 npm start 会重新载入演示数据。`);
