import type { Definition } from './function_entry.ts';

/** What a change did: the compiler writes them as comparisons with what was before. */
export const changeFunctions: Definition[] = [
  { name: 'CHANGED', parameters: 'field:field', repeat: 1, result: 'boolean', nulls: 'own',
    op: 'not_equal' },
  { name: 'WAS', parameters: 'field:field value:S', result: 'boolean', nulls: 'own', op: 'equal' },
  { name: 'BECOMES', parameters: 'field:field value:S', result: 'boolean', nulls: 'own',
    op: 'equal' },
];
