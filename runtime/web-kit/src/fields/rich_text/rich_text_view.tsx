import { Fragment, type ReactNode } from 'react';
import { readRich, type RichNode } from './rich_nodes.ts';
import './rich_text.css';

function shown(node: RichNode, index: number): ReactNode {
  if (typeof node === 'string') return <Fragment key={index}>{node}</Fragment>;
  const { tag: Tag, href, nodes } = node;
  if (Tag === 'br') return <br key={index} />;
  const inner = nodes.map(shown);
  if (Tag !== 'a') return <Tag key={index}>{inner}</Tag>;
  if (!href) return <Fragment key={index}>{inner}</Fragment>;
  return (
    <a key={index} className="link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {inner}
    </a>
  );
}

/** A text with its marks, on a page. */
export function RichTextView({ html }: { html: string }) {
  return <div className="rich">{readRich(html).map(shown)}</div>;
}
