import type { Definition, FunctionEntry, Parameter, Takes } from './function_entry.ts';
import { dateFunctions } from './functions_date.ts';
import { listFunctions } from './functions_list.ts';
import { logicFunctions } from './functions_logic.ts';
import { numberFunctions } from './functions_number.ts';
import { textFunctions } from './functions_text.ts';
import { asciiUpper } from './token.ts';
import type { Value } from './value.ts';

// The table of functions, one file per family. The registry is schemas/formula/functions.json;
// functions.test.ts holds the two together.

function parameterOf(text: string): Parameter {
  const [name = '', type = ''] = text.split(':');
  return { name, takes: type.replace('?', '') as Takes, optional: type.endsWith('?') };
}

function entryOf(family: string, given: Definition): FunctionEntry {
  return {
    name: given.name, family, repeat: given.repeat ?? 0, nulls: given.nulls,
    parameters: given.parameters.split(' ').filter(Boolean).map(parameterOf),
    result: given.result === 'T' ? null : given.result,
    op: given.op ?? 'call', call: given.call ?? (() => null),
  };
}

let table: Map<string, FunctionEntry> | null = null;

/** Every function by its name, family by family. */
export function functions(): Map<string, FunctionEntry> {
  table ??= new Map(Object.entries({
    logic: logicFunctions, text: textFunctions, number: numberFunctions, date: dateFunctions,
    list: listFunctions,
  }).flatMap(([family, all]) => all.map((one) => [one.name, entryOf(family, one)])));
  return table;
}

/** In any case. */
export const findFunction = (name: string): FunctionEntry | undefined =>
  functions().get(asciiUpper(name));

const argumentsMax = 255; // As in Excel.

const trailingOf = ({ repeat, parameters }: FunctionEntry): number =>
  (repeat > 0 && parameters.at(-1)?.optional ? 1 : 0);

export function takesCount(entry: FunctionEntry, count: number): boolean {
  const { parameters, repeat } = entry;
  if (count > argumentsMax) return false;
  if (repeat === 0) {
    const least = parameters.filter(({ optional }) => !optional).length;
    return count >= least && count <= parameters.length;
  }
  const trailing = trailingOf(entry);
  if (count + trailing < parameters.length) return false;
  const over = (count - (parameters.length - trailing - repeat)) % repeat;
  return over === 0 || over === trailing;
}

/** Of an argument among this many. */
export function parameterAt(entry: FunctionEntry, place: number, count: number): Parameter {
  const { parameters, repeat } = entry;
  let index = place;
  if (repeat > 0) {
    const head = parameters.length - trailingOf(entry) - repeat;
    const isLast = place + 1 === count && (count - head) % repeat !== 0;
    if (isLast) index = parameters.length - 1;
    else if (place >= head) index = head + ((place - head) % repeat);
  }
  return parameters[index] ?? { name: '', takes: 'any', optional: false };
}

/** T must have an order: MIN, MAX. */
export const takesOrdered = (entry: FunctionEntry): boolean =>
  entry.nulls === 'skip' && entry.result === null;

/** Calls it; nulls as its entry says. */
export function callFunction(entry: FunctionEntry, args: Value[]): Value {
  if (entry.nulls !== 'propagate' && entry.nulls !== 'text') return entry.call(args);
  const empty = args.some((value, i) => value === null
    && !(entry.nulls === 'text' && entry.parameters[i]?.takes === 'text'));
  return empty ? null : entry.call(args.map((value) => value ?? ''));
}
