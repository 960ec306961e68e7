import { Text, Textarea, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import type { RatingView } from '../../../../server/areas/ratings/contract.ts';
import type { Said } from '../../api/ratings.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, Section } from '../../ui/Card.tsx';
import { Pressable } from '../../ui/Pressable.tsx';
import './Form.scss';

const levels = [
  { level: 5, label: '非常满意' },
  { level: 4, label: '满意' },
  { level: 3, label: '基本满意' },
  { level: 2, label: '不满意' },
  { level: 1, label: '非常不满意' },
] as const;

/** Level, what it was about, and words: one page, one tap is enough. */
export function RatingForm(props: {
  tags: RatingView['tags'];
  busy: boolean;
  onSend: (said: Said) => void;
}): ReactNode {
  const { tags, busy, onSend } = props;
  const [level, setLevel] = useState<number | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const bad = level !== null && level <= 2;
  const offered = bad ? tags.bad : tags.good;
  return (
    <>
      <Section title="您满意吗">
        <Card>
          <View className="rating-form__levels">
            {levels.map((each) => (
              <Pressable
                key={each.level}
                id={`level-${each.level}`}
                role="radio"
                label={each.label}
                selected={each.level === level}
                className={`rating-form__level ${each.level === level ? 'rating-form__level--on' : ''}`}
                onPress={() => {
                  setLevel(each.level);
                  setChosen([]);
                }}
              >
                <Text>{each.label}</Text>
              </Pressable>
            ))}
          </View>
        </Card>
      </Section>
      {level !== null && (
        <Section title={bad ? '哪里没做好' : '哪里做得好'} note="可以不选">
          <Card>
            <View className="rating-form__body">
              <View className="rating-form__tags">
                {offered.map((tag) => {
                  const on = chosen.includes(tag);
                  return (
                    <Pressable
                      key={tag}
                      label={tag}
                      selected={on}
                      className={`rating-form__tag ${on ? 'rating-form__tag--on' : ''}`}
                      onPress={() =>
                        setChosen(on ? chosen.filter((each) => each !== tag) : [...chosen, tag].slice(-6))
                      }
                    >
                      <Text>{tag}</Text>
                    </Pressable>
                  );
                })}
              </View>
              <Textarea
                id="rating-text"
                className="rating-form__text"
                value={text}
                maxlength={500}
                placeholder={bad ? '说说经过，我们会联系您并答复' : '想说的话，可以不写'}
                placeholderClass="rating-form__hint"
                aria-label="评价内容"
                autoHeight
                onInput={(event) => setText(event.detail.value)}
              />
            </View>
          </Card>
        </Section>
      )}
      <View className="rating-form__ways">
        <Button
          id="send-rating"
          busy={busy}
          disabled={level === null}
          onPress={() => level !== null && onSend({ level, tags: chosen, text })}
        >
          提交评价
        </Button>
        <Text className="rating-form__note">一次服务评价一次，提交后不能修改。内容不会显示您的姓名。</Text>
      </View>
    </>
  );
}
