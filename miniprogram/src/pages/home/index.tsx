import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { asApiError } from '../../api/apiError.ts';
import { loadBookings } from '../../api/bookings.ts';
import { loadHalls } from '../../api/halls.ts';
import { loadNotices } from '../../api/notices.ts';
import { loadTickets } from '../../api/queue.ts';
import { say } from '../../platform/gestures.ts';
import { endPullDown, usePullDown, useShown } from '../../platform/hooks.ts';
import { open } from '../../platform/navigation.ts';
import { type Position, whereAmI } from '../../platform/place';
import { showUnread } from '../../platform/tabBadge.ts';
import { refreshPerson, setSenior, usePerson, useSenior } from '../../state/person.ts';
import { useLive } from '../../state/useLive.ts';
import { useLoad } from '../../state/useLoad.ts';
import { Card, Section } from '../../ui/Card.tsx';
import { HallRow } from '../../ui/HallRow.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageShell } from '../../ui/PageShell.tsx';
import { Pressable } from '../../ui/Pressable.tsx';
import { SearchLink } from '../../ui/SearchBox.tsx';
import { isOver } from '../../ui/ticketState.ts';
import './index.scss';
import { Services } from './Services.tsx';
import { Today } from './Today.tsx';

/** The number on the messages tab is a help, not the page: without it the page still opens. */
const countUnread = (): Promise<void> =>
  loadNotices().then(
    ({ unread }) => showUnread(unread),
    () => {},
  );

/** What needs me today; then the six things people come for; then search; then which halls are open. */
export default function HomePage(): ReactNode {
  const senior = useSenior();
  const person = usePerson();
  const [position, setPosition] = useState<Position | null>(null);
  const today = useLoad('today', async () => {
    const [, list] = await Promise.all([refreshPerson(), loadBookings('open'), countUnread()]);
    return list.bookings;
  });
  const halls = useLoad(position === null ? 'halls' : 'halls near me', () => loadHalls({ ...position }));
  const queue = useLive(
    'tickets',
    async () => (await loadTickets()).tickets.filter((each) => !isOver(each)),
    {
      every: 5_000,
      over: (list) => list.length === 0,
    },
  );
  const tickets = queue.state.status === 'ready' ? queue.state.data : [];
  useShown(() => {
    if (today.state.status !== 'loading') void today.reload();
  });
  usePullDown(() => {
    void Promise.all([today.reload(), halls.reload()]).finally(endPullDown);
  });
  const sortByDistance = async (): Promise<void> => {
    const here = await whereAmI();
    if (here) setPosition(here);
    else say('没有拿到您的位置，可在手机设置里允许');
  };
  const toggleSenior = (): void => {
    setSenior(!senior).catch((thrown: unknown) => say(asApiError(thrown).message));
  };
  return (
    <PageShell title="增城政务服务" tab id="home">
      <View className="home__head">
        <View className="home__words">
          <Text className="home__hello">
            {person && person.level > 0 ? `${person.displayName}，您好` : '您好'}
          </Text>
          <Text className="home__place">增城区政务服务中心</Text>
        </View>
        <Pressable
          className="home__senior"
          id="senior-toggle"
          role="switch"
          selected={senior}
          onPress={toggleSenior}
          label={senior ? '切换到标准版' : '切换到长辈版'}
        >
          <Icon name="letters" tone="primary" />
          <Text>{senior ? '标准版' : '长辈版'}</Text>
        </Pressable>
      </View>
      <Today load={today} person={person} tickets={tickets} />
      <Services />
      <View className="home__search">
        <SearchLink
          hint="搜事项或大厅，如 居住证"
          onPress={() => void open('packages/matters/search/index')}
        />
      </View>
      <Section
        title={position === null ? '办事大厅' : '附近的办事大厅'}
        {...(position === null ? { more: '按远近排', onMore: () => void sortByDistance() } : {})}
      >
        <Loaded load={halls} rows={3}>
          {({ halls: found, total }) => (
            <Card>
              {found.slice(0, senior ? 2 : 3).map((hall) => (
                <HallRow
                  key={hall.id}
                  hall={hall}
                  onPress={() => void open(`packages/halls/detail/index?id=${hall.id}`)}
                />
              ))}
              <Pressable
                className="home__all"
                role="link"
                onPress={() => void open('packages/halls/list/index')}
              >
                <Text>{`查看全部 ${total} 个大厅和服务站`}</Text>
              </Pressable>
            </Card>
          )}
        </Loaded>
      </Section>
    </PageShell>
  );
}
