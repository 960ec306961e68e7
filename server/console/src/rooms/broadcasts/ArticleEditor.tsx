import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { pictureAddress } from '../../api/broadcasts.ts';
import { PictureUpload } from './PictureUpload.tsx';
import './ArticleEditor.css';

const marks = [
  { command: 'bold', value: undefined, label: '加粗' },
  { command: 'formatBlock', value: 'h2', label: '小标题' },
  { command: 'formatBlock', value: 'p', label: '正文' },
  { command: 'insertUnorderedList', value: undefined, label: '列表' },
] as const;

/**
 * Paragraphs, headings, lists, bold and pictures: what an article of the account needs. Pasting takes the words only,
 * so that no other page's styles come along; the server keeps only what is safe anyway.
 */
export function ArticleEditor({
  html,
  onChange,
}: {
  html: string;
  onChange: (html: string) => void;
}): ReactNode {
  const page = useRef<HTMLDivElement>(null);
  // Written only when it comes from elsewhere (a saved draft), or the caret would jump at every key.
  useEffect(() => {
    if (page.current && page.current.innerHTML !== html) page.current.innerHTML = html;
  }, [html]);
  const changed = (): void =>
    onChange(
      page.current?.innerText.trim() || page.current?.querySelector('img')
        ? (page.current?.innerHTML ?? '')
        : '',
    );
  const format = (command: string, value?: string): void => {
    page.current?.focus();
    document.execCommand(command, false, value);
    changed();
  };
  return (
    <div className="article-editor">
      <div className="article-tools" role="toolbar" aria-label="正文格式">
        {marks.map(({ command, value, label }) => (
          <Button
            key={label}
            size="small"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => format(command, value)}
          >
            {label}
          </Button>
        ))}
        <PictureUpload
          bare
          pictureId=""
          label="插入图片"
          testId="inside-file"
          onUploaded={(id) =>
            format('insertHTML', `<p><img src="${pictureAddress(id)}" alt=""></p><p><br></p>`)
          }
        />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a textarea cannot hold headings and pictures */}
      <div
        ref={page}
        className="article-page"
        contentEditable
        role="textbox"
        tabIndex={0}
        aria-multiline
        aria-label="正文"
        data-testid="article-body"
        onFocus={() => document.execCommand('defaultParagraphSeparator', false, 'p')}
        onInput={changed}
        onPaste={(event) => {
          event.preventDefault();
          document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
        }}
      />
    </div>
  );
}
