import { useEffect } from 'react';

/** The tab's title; a dot before it while something is not saved. */
export function useTitle(title: string, unsaved = false) {
  useEffect(() => {
    document.title = unsaved ? `• ${title}` : title;
  }, [title, unsaved]);
}
