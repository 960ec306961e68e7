import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Card, Section } from '../../../ui/Card.tsx';
import { Heading } from '../../../ui/Heading.tsx';
import { PageShell } from '../../../ui/PageShell.tsx';
import './index.scss';

const privacy = [
  '登录时只取微信给大厅的编号，不取您的昵称和头像。',
  '姓名、身份证号和手机号加密保存，只在办您的事时使用，页面上只显示一部分。',
  '位置只用来按远近排大厅，不保存。',
  '退出登录后，本机不再保留登录信息。',
];

/** What this is and what it does with what it knows. */
export default function AboutPage(): ReactNode {
  return (
    <PageShell title="关于" id="about">
      <Heading title="增城政务服务" note="查指南、约时间、收提醒，少跑一趟" />
      <Section title="您的信息">
        <Card>
          <View className="about__lines">
            {privacy.map((line) => (
              <Text className="about__line" key={line}>
                {line}
              </Text>
            ))}
          </View>
        </Card>
      </Section>
    </PageShell>
  );
}
