import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import { SessionProvider } from './session/Session.tsx';
import { Rooms } from './shell/Rooms.tsx';
import { antTheme } from './theme/antTheme.ts';
import { applyTokens } from './theme/applyTokens.ts';
import './theme/base.css';

dayjs.locale('zh-cn');
applyTokens();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={antTheme} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 2 }}>
        <BrowserRouter basename="/console">
          <SessionProvider>
            <Rooms />
          </SessionProvider>
        </BrowserRouter>
      </App>
    </ConfigProvider>
  </StrictMode>,
);
