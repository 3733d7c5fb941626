import { decimalOf } from './decimal.ts';
import { type Definition, wholeIn } from './function_entry.ts';
import { badArgument } from './refusal.ts';
import type { Value } from './value.ts';

const itemsIn = (list: Value | undefined): readonly string[] => (list !== null
  && typeof list === 'object' && (list.kind === 'text_list' || list.kind === 'reference_list')
  ? list.items : []);
/** An item as a list has it: a text, or the id of a reference. */
const itemOf = (value: Value | undefined): string | null => (typeof value === 'string' ? value
  : value !== null && typeof value === 'object' && value.kind === 'reference' ? value.id : null);

export const listFunctions: Definition[] = [
  { name: 'HAS', parameters: 'list:list item:item', result: 'boolean', nulls: 'own',
    call: ([list, item]) => {
      const wanted = itemOf(item);
      return wanted !== null && itemsIn(list).includes(wanted);
    } },
  { name: 'ITEMS', parameters: 'list:list', result: 'number', nulls: 'own',
    call: ([list]) => decimalOf(itemsIn(list).length) },
  { name: 'INDEX', parameters: 'list:text_list place:number', result: 'text', nulls: 'propagate',
    call: ([list, place]) => {
      const item = itemsIn(list)[wholeIn(place) - 1];
      if (item === undefined) throw badArgument('the list has no such place');
      return item;
    } },
];
