import { useMemo } from 'react';
import { useApplication } from '../api/application.tsx';
import type { Among } from '../fields/field_type.ts';
import { choiceFilter, reachOf } from './choice_filter.ts';
import type { DraftNode } from './draft_node.ts';

/** What a picker asks before it searches: which records the rules of the draft let be chosen. */
export function useAmong(node: DraftNode, filter: string | null): Among | null {
  const { object } = useApplication();
  return useMemo(() => (filter === null ? null
    : () => choiceFilter(filter, node, reachOf(object))), [node, filter, object]);
}
