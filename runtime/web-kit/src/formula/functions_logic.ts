import type { Definition } from './function_entry.ts';
import type { Value } from './value.ts';

// All but XOR are operations of the tree: they evaluate only what they need. The last are written
// by the compiler, which knows the kinds.
export const logicFunctions: Definition[] = [
  { name: 'IF', parameters: 'condition:boolean then:T else:T?', result: 'T', op: 'choose' },
  { name: 'IFS', parameters: 'condition:boolean value:T', repeat: 2, result: 'T',
    op: 'choose_first' },
  { name: 'SWITCH', parameters: 'value:S case:S result:T default:T?', repeat: 2, result: 'T',
    op: 'match' },
  { name: 'AND', parameters: 'condition:boolean', repeat: 1, result: 'boolean', op: 'all' },
  { name: 'OR', parameters: 'condition:boolean', repeat: 1, result: 'boolean', op: 'any' },
  { name: 'NOT', parameters: 'condition:boolean', result: 'boolean', op: 'negation' },
  { name: 'IN', parameters: 'value:S item:S', repeat: 1, result: 'boolean', op: 'among' },
  { name: 'ISBLANK', parameters: 'value:any', result: 'boolean', op: 'is_blank' },
  { name: 'ISERROR', parameters: 'value:any', result: 'boolean', op: 'is_error' },
  { name: 'COALESCE', parameters: 'value:T', repeat: 1, result: 'T', op: 'first_given' },
  { name: 'IFERROR', parameters: 'value:T otherwise:T', result: 'T', op: 'if_error' },
  { name: 'XOR', parameters: 'condition:boolean', repeat: 1, result: 'boolean',
    call: (args: readonly Value[]) => args.filter((value) => value === true).length % 2 === 1 },
  { name: 'CHOOSE', parameters: 'index:number value:T', repeat: 1, result: 'T', op: 'match' },
  ...['ISNUMBER', 'ISTEXT', 'ISNONTEXT', 'ISLOGICAL'].map((name) => ({
    name, parameters: 'value:any', result: 'boolean', op: 'negation' })),
  { name: 'N', parameters: 'value:any', result: 'number', op: 'first_given' },
].map((one) => ({ ...one, nulls: 'own' } as Definition));
