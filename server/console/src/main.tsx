import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes } from 'react-router-dom';
import { SessionProvider } from './session/Session.tsx';
import { Rooms } from './shell/Rooms.tsx';
import { antTheme } from './theme/antTheme.ts';
import { applyTokens } from './theme/applyTokens.ts';
import './theme/base.css';

// What stands in the hall needs no session, and nothing of the console.
const DisplayPage = lazy(() =>
  import('./rooms/display/DisplayPage.tsx').then((m) => ({ default: m.DisplayPage })),
);
const KioskPage = lazy(() => import('./rooms/kiosk/KioskPage.tsx').then((m) => ({ default: m.KioskPage })));

dayjs.locale('zh-cn');
applyTokens();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={antTheme} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 2 }}>
        <BrowserRouter basename="/console">
          <Suspense fallback={null}>
            <Routes>
              <Route path="display/:hallId" element={<DisplayPage />} />
              <Route path="kiosk/:hallId" element={<KioskPage />} />
              <Route
                path="*"
                element={
                  <SessionProvider>
                    <Rooms />
                  </SessionProvider>
                }
              />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </App>
    </ConfigProvider>
  </StrictMode>,
);
