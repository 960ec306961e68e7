import { Text, View } from '@tarojs/components';
import { type ReactNode, useEffect, useState } from 'react';
import type { NoticeList, NoticeView } from '../../../../server/areas/notices/contract.ts';
import { asApiError } from '../../api/apiError.ts';
import { loadNotices, markAllRead, markRead } from '../../api/notices.ts';
import { say } from '../../platform/gestures.ts';
import { endPullDown, usePullDown, useShown } from '../../platform/hooks.ts';
import { open } from '../../platform/navigation.ts';
import { showUnread } from '../../platform/tabBadge.ts';
import { useLoad } from '../../state/useLoad.ts';
import { sayInstant } from '../../state/when.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageShell } from '../../ui/PageShell.tsx';
import { Pressable } from '../../ui/Pressable.tsx';
import './index.scss';

/** Everything the hall has told the person, newest first; a tap opens what it is about. */
export default function MessagesPage(): ReactNode {
  const load = useLoad('notices', () => loadNotices());
  const [busy, setBusy] = useState(false);
  const unread = load.state.status === 'ready' ? load.state.data.unread : null;
  useEffect(() => {
    if (unread !== null) void showUnread(unread);
  }, [unread]);
  useShown(() => {
    if (load.state.status !== 'loading') void load.reload();
  });
  usePullDown(() => {
    void load.reload().finally(endPullDown);
  });
  const change = (list: NoticeList, ids: readonly string[] | 'all'): NoticeList => {
    const notices = list.notices.map((each) =>
      ids === 'all' || ids.includes(each.id) ? { ...each, read: true } : each,
    );
    return { ...list, notices, unread: ids === 'all' ? 0 : Math.max(0, list.unread - 1) };
  };
  const openNotice = async (list: NoticeList, notice: NoticeView): Promise<void> => {
    if (!notice.read) {
      load.set(change(list, [notice.id]));
      markRead(notice.id).catch((thrown: unknown) => say(asApiError(thrown).message));
    }
    if (notice.page !== null) await open(notice.page);
  };
  const readAll = async (list: NoticeList): Promise<void> => {
    try {
      await markAllRead();
      load.set(change(list, 'all'));
    } catch (thrown) {
      say(asApiError(thrown).message);
    }
  };
  const older = async (list: NoticeList): Promise<void> => {
    if (list.next === null) return;
    setBusy(true);
    try {
      const more = await loadNotices(list.next);
      load.set({ ...more, notices: [...list.notices, ...more.notices] });
    } catch (thrown) {
      say(asApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PageShell title="消息" tab id="messages">
      <Loaded load={load}>
        {(list) =>
          list.notices.length === 0 ? (
            <Empty icon="bell" title="还没有消息" note="预约成功、取消和大厅通知会出现在这里" />
          ) : (
            <>
              <View className="messages__head">
                <Text className="messages__count">
                  {list.unread > 0 ? `${list.unread} 条未读` : '都看过了'}
                </Text>
                {list.unread > 0 && (
                  <Pressable className="messages__all" id="read-all" onPress={() => void readAll(list)}>
                    <Text>全部标为已读</Text>
                  </Pressable>
                )}
              </View>
              <View className="messages__list">
                {list.notices.map((notice) => (
                  <Notice key={notice.id} notice={notice} onPress={() => void openNotice(list, notice)} />
                ))}
              </View>
              {list.next !== null && (
                <View className="messages__more">
                  <Button kind="quiet" size="small" busy={busy} onPress={() => void older(list)}>
                    看更早的消息
                  </Button>
                </View>
              )}
            </>
          )
        }
      </Loaded>
    </PageShell>
  );
}

function Notice(props: { notice: NoticeView; onPress: () => void }): ReactNode {
  const { notice, onPress } = props;
  return (
    <Card>
      <Pressable
        className="messages__notice"
        role="link"
        label={`${notice.read ? '' : '未读，'}${notice.title}，${sayInstant(notice.at)}`}
        onPress={onPress}
      >
        <View className="messages__top">
          {!notice.read && <View className="messages__dot" />}
          <Text className="messages__title">{notice.title}</Text>
          <Text className="messages__at">{sayInstant(notice.at)}</Text>
        </View>
        {notice.fields.map((field) => (
          <View className="messages__field" key={field.label}>
            <Text className="messages__label">{field.label}</Text>
            <Text className="messages__value">{field.value}</Text>
          </View>
        ))}
        {notice.page !== null && (
          <View className="messages__go">
            <Text>查看详情</Text>
            <Icon name="chevron" tone="primary" size="s" />
          </View>
        )}
      </Pressable>
    </Card>
  );
}
