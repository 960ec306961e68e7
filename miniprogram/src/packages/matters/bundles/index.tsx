import type { ReactNode } from 'react';
import type { Bundle } from '../../../../../server/areas/matters/contract.ts';
import { loadBundles } from '../../../api/matters.ts';
import { open } from '../../../platform/navigation.ts';
import { useLoad } from '../../../state/useLoad.ts';
import { Card, Section } from '../../../ui/Card.tsx';
import { Cell } from '../../../ui/Cell.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';

const groups = [
  { audience: 'personal', title: '个人' },
  { audience: 'enterprise', title: '企业' },
] as const;

/** Life events (一件事), for people and for firms. */
export default function BundlesPage(): ReactNode {
  const load = useLoad('bundles', loadBundles);
  return (
    <PageShell title="一件事一次办" id="bundles-page">
      <Heading title="您遇到了什么事" note="选一件，看看要办哪些、先后怎么排、材料带哪些" />
      <Loaded load={load}>
        {({ bundles }) =>
          bundles.length === 0 ? (
            <Empty icon="route" title="还没有整理好的一件事" note="可以先在“办事”里搜事项" />
          ) : (
            groups.map(({ audience, title }) => (
              <Group
                key={audience}
                title={title}
                bundles={bundles.filter((each) => each.audience === audience)}
              />
            ))
          )
        }
      </Loaded>
    </PageShell>
  );
}

function Group(props: { title: string; bundles: readonly Bundle[] }): ReactNode {
  if (props.bundles.length === 0) return null;
  return (
    <Section title={props.title}>
      <Card>
        {props.bundles.map(({ id, name, when, count }) => (
          <Cell
            key={id}
            id={`bundle-${id}`}
            title={name}
            note={when}
            value={`${count} 项`}
            onPress={() => void open(`packages/matters/bundle/index?id=${id}`)}
          />
        ))}
      </Card>
    </Section>
  );
}
