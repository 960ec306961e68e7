import { WebView } from '@tarojs/components';
import type { ReactNode } from 'react';
import { useQuery } from '../../../platform/hooks.ts';
import { replace } from '../../../platform/navigation.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';

/** Shows the identity platform inside the mini-program; it must be among its business domains. Not used on h5. */
export default function IdentityPage(): ReactNode {
  const { url } = useQuery('url');
  if (process.env['TARO_ENV'] === 'weapp' && /^https?:\/\//.test(url)) return <WebView src={url} />;
  return (
    <PageShell title="实名认证">
      <Empty
        icon="shield"
        title="请重新发起认证"
        action="去实名认证"
        onAction={() => void replace('packages/people/realName/index')}
      />
    </PageShell>
  );
}
