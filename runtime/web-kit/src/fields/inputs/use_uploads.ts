import { useState } from 'react';
import { ApiError } from '../../api/api_error.ts';
import { uploadFile } from '../../api/records.ts';
import { useT } from '../../i18n/i18n.ts';

export interface SentFile {
  id: string;
  name: string;
}

/** Sends files one by one; those that got there are handed on, also where a later one fails. */
export function useUploads(onSent: (files: SentFile[]) => void) {
  const t = useT();
  const [sent, setSent] = useState<{ done: number; count: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const take = async (chosen: File[]) => {
    if (!chosen.length) return;
    setProblem(null);
    const kept: SentFile[] = [];
    try {
      for (const [place, file] of chosen.entries()) {
        setSent({ done: place + 1, count: chosen.length });
        const { id, name } = await uploadFile(file);
        kept.push({ id, name });
      }
    } catch (error) {
      setProblem((error instanceof ApiError && error.said) || t('file.failed'));
    } finally {
      if (kept.length) onSent(kept);
      setSent(null);
    }
  };
  return { sent, problem, take };
}
