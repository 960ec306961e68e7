import { Button } from 'antd';
import { Component, type ReactNode } from 'react';

interface Props {
  /** A new value (the address) tries again. */
  readonly at: string;
  readonly children: ReactNode;
}

/** A room that breaks says so in its own place; the rest of the console goes on. */
export class FaultBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.at !== this.props.at) this.setState({ broken: false });
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="notice" role="alert">
        <h1>这一页出了点问题</h1>
        <p>您填写的内容可能没有保存。刷新后如果还是这样，请联系系统管理员。</p>
        <Button type="primary" onClick={() => window.location.reload()}>
          刷新页面
        </Button>
      </div>
    );
  }
}
