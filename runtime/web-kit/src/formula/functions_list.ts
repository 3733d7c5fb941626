import { decimalOf } from './decimal.ts';
import { type Definition, wholeIn } from './function_entry.ts';
import { badArgument } from './refusal.ts';
import type { Value } from './value.ts';

const itemsIn = (list: Value | undefined): readonly string[] => (list !== null
  && typeof list === 'object' && list.kind === 'text_list' ? list.items : []);

export const listFunctions: Definition[] = [
  { name: 'HAS', parameters: 'list:text_list item:text', result: 'boolean', nulls: 'own',
    call: ([list, item]) => typeof item === 'string' && itemsIn(list).includes(item) },
  { name: 'ITEMS', parameters: 'list:text_list', result: 'number', nulls: 'own',
    call: ([list]) => decimalOf(itemsIn(list).length) },
  { name: 'INDEX', parameters: 'list:text_list place:number', result: 'text', nulls: 'propagate',
    call: ([list, place]) => {
      const item = itemsIn(list)[wholeIn(place) - 1];
      if (item === undefined) throw badArgument('the list has no such place');
      return item;
    } },
];
