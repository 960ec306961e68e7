import type { ReactNode } from 'react';
import { Empty } from '../../../ui/Empty.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';

/** Where the identity platform ends when the mini-program opened it: this page lives in its web view. */
export default function IdentityDonePage(): ReactNode {
  return (
    <PageShell title="实名认证" tab id="identity-done">
      <Empty icon="shield" title="认证已提交" note="请点左上角返回，结果会自动更新" />
    </PageShell>
  );
}
