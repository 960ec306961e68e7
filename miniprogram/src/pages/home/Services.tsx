import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { open } from '../../platform/navigation.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { IconName } from '../../ui/iconPaths.ts';
import { Pressable } from '../../ui/Pressable.tsx';
import './Services.scss';

const services: ReadonlyArray<{ id: string; icon: IconName; name: string; note: string; page: string }> = [
  {
    id: 'book',
    icon: 'calendar',
    name: '预约办事',
    note: '约好时间再来',
    page: 'packages/booking/choose/index',
  },
  { id: 'mine', icon: 'ticket', name: '我的预约', note: '预约码、取消', page: 'packages/booking/mine/index' },
  { id: 'guide', icon: 'guide', name: '办事指南', note: '带什么、多久办好', page: 'pages/matters/index' },
  {
    id: 'halls',
    icon: 'hall',
    name: '办事大厅',
    note: '地址、时间、窗口',
    page: 'packages/halls/list/index',
  },
  {
    id: 'enterprise',
    icon: 'enterprise',
    name: '企业办事',
    note: '开办、许可、变更',
    page: 'packages/matters/search/index?audience=enterprise',
  },
  { id: 'pay', icon: 'copy', name: '缴费', note: '交通罚款、缴款单', page: 'packages/pay/bill/index' },
];

/** The six things people come for; in senior mode a list of rows instead of a grid. */
export function Services(): ReactNode {
  return (
    <View className="services">
      {services.map((service) => (
        <Pressable
          key={service.id}
          id={`service-${service.id}`}
          className="services__item"
          role="link"
          label={`${service.name}，${service.note}`}
          onPress={() => void open(service.page)}
        >
          <Icon name={service.icon} tone="primary" size="l" />
          <View className="services__words">
            <Text className="services__name">{service.name}</Text>
            <Text className="services__note">{service.note}</Text>
          </View>
        </Pressable>
      ))}
    </View>
  );
}
