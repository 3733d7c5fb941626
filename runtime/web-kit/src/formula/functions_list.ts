import type { Definition } from './function_entry.ts';
import type { Value } from './value.ts';

function has([list, item]: readonly Value[]): Value {
  if (list === null || typeof list !== 'object' || list.kind !== 'text_list') return false;
  return typeof item === 'string' && list.items.includes(item);
}

export const listFunctions: Definition[] = [
  { name: 'HAS', parameters: 'list:text_list item:text', result: 'boolean', nulls: 'own',
    call: has },
];
