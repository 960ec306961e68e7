import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Icon } from './Icon.tsx';
import './PageHeader.css';

export function PageHeader(props: {
  title: ReactNode;
  note?: ReactNode;
  back?: { to: string; label: string };
  actions?: ReactNode;
}): ReactNode {
  return (
    <header className="page-header">
      {props.back && (
        <Link className="page-back" to={props.back.to}>
          <Icon name="back" size={16} />
          {props.back.label}
        </Link>
      )}
      <div className="page-header-row">
        <div>
          <h1>{props.title}</h1>
          {props.note && <p>{props.note}</p>}
        </div>
        {props.actions && <div className="page-actions">{props.actions}</div>}
      </div>
    </header>
  );
}
