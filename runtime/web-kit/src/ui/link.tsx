import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { useNavigation } from '../api/navigation.tsx';

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string;
  children: ReactNode;
}

/** A real link that stays in the page; with a modifier or the middle button it opens a tab. */
export function Link({ href, children, onClick, ...rest }: LinkProps) {
  const { go } = useNavigation();
  return (
    <a
      href={href} {...rest} onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
      }}
    >
      {children}
    </a>
  );
}
