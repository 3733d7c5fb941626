import type { Compiler } from './compiler.ts';
import type { Definition, FunctionEntry, Parameter, Takes } from './function_entry.ts';
import { changeFunctions } from './functions_change.ts';
import { dateFunctions } from './functions_date.ts';
import { paymentFunctions } from './functions_payment.ts';
import { listFunctions } from './functions_list.ts';
import { logicFunctions } from './functions_logic.ts';
import { calendarFunctions, lookedUpFunctions } from './functions_looked_up.ts';
import { numberFunctions } from './functions_number.ts';
import { rowFunctions, statisticsFunctions } from './functions_statistics.ts';
import { textFunctions } from './functions_text.ts';
import { durationText, formatFunctions, textPartFunctions } from './functions_text_part.ts';
import { wholeFunctions } from './functions_whole.ts';
import { workingDayFunctions } from './functions_working_day.ts';
import type { Syntax } from './parser.ts';
import { asciiUpper } from './token.ts';
import type { Typed } from './tree.ts';
import type { Kind, Value } from './value.ts';

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
    aggregates: given.aggregates ?? false, looksUp: given.looksUp ?? false,
  };
}

let table: Map<string, FunctionEntry> | null = null;

/** Every function by its name, family by family. */
export function functions(): Map<string, FunctionEntry> {
  table ??= new Map(Object.entries({
    logic: logicFunctions, text: [...textFunctions, ...textPartFunctions],
    number: [
      ...numberFunctions, ...wholeFunctions, ...statisticsFunctions, ...lookedUpFunctions],
    payment: paymentFunctions, date: [...dateFunctions, ...workingDayFunctions],
    list: listFunctions, rows: rowFunctions, change: changeFunctions,
  }).flatMap(([family, all]) => all.map((one) => [one.name, entryOf(family, one)])));
  return table;
}

/** In any case. */
export const findFunction = (name: string): FunctionEntry | undefined =>
  functions().get(asciiUpper(name));

/** TEXT of what is no plain number. */
export function formatOf(kind: Kind | 'duration'): FunctionEntry | null {
  const found = formatFunctions.find(({ name }) => name === `TEXT of a ${kind}`);
  return found ? entryOf('text', found) : null;
}

/** "PT1H30M" */
export const durationAsText = (): FunctionEntry => entryOf('text', durationText);

/** WORKDAY and NETWORKDAYS with a calendar by its name. */
export function ofCalendar(name: string): FunctionEntry | null {
  const found = calendarFunctions[name];
  return found ? entryOf('date', found) : null;
}

export const takesHolidays = ({ parameters }: FunctionEntry): boolean =>
  parameters.at(-1)?.takes === 'date|datetime|text';

const argumentsMax = 255; // As in Excel.

/** A group may be left out altogether where all of it is optional (WORKDAY's holidays). */
const isFreeGroup = ({ repeat, parameters }: FunctionEntry): boolean =>
  repeat > 0 && parameters.slice(-repeat).every(({ optional }) => optional);

const trailingOf = (entry: FunctionEntry): number =>
  (entry.repeat > 0 && entry.parameters.at(-1)?.optional && !isFreeGroup(entry) ? 1 : 0);

export function takesCount(entry: FunctionEntry, count: number): boolean {
  const { parameters, repeat } = entry;
  if (count > argumentsMax) return false;
  if (repeat === 0) {
    const least = parameters.filter(({ optional }) => !optional).length;
    return count >= least && count <= parameters.length;
  }
  if (isFreeGroup(entry)) {
    return count >= parameters.slice(0, -repeat).filter(({ optional }) => !optional).length;
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
    const trailing = trailingOf(entry);
    const head = parameters.length - trailing - repeat;
    const isLast = trailing > 0 && place + 1 === count && (count - head) % repeat !== 0;
    if (isLast) index = parameters.length - 1;
    else if (place >= head) index = head + ((place - head) % repeat);
  }
  return parameters[index] ?? { name: '', takes: 'any', optional: false };
}

/** T must have an order: MIN, MAX. */
export const takesOrdered = (entry: FunctionEntry): boolean =>
  entry.nulls === 'skip' && entry.result === null;

export const takesOnlyRows = ({ parameters }: FunctionEntry): boolean =>
  parameters[0]?.takes.startsWith('rows') ?? false;

/** Among the arguments. */
export const placeOfRows = (entry: FunctionEntry): number =>
  (takesOnlyRows(entry) ? 0 : entry.parameters.length - entry.repeat);

/** Of the arguments beside rows and condition. */
export const besideRows = (entry: FunctionEntry, place: number): Parameter =>
  entry.parameters[takesOnlyRows(entry) ? place + 1 : place]
    ?? { name: '', takes: 'any', optional: false };

/** Calls it; nulls as its entry says. */
export function callFunction(entry: FunctionEntry, args: Value[]): Value {
  if (entry.nulls !== 'propagate' && entry.nulls !== 'text') return entry.call(args);
  const empty = args.some((value, i) => value === null
    && !(entry.nulls === 'text' && entry.parameters[i]?.takes === 'text'));
  return empty ? null : entry.call(args.map((value) => value ?? ''));
}

/** "ROUND(number, [digits])" */
function signature({ name, parameters, repeat }: FunctionEntry): string {
  const parts = parameters.map((one) => (one.optional ? `[${one.name}]` : one.name));
  return `${name}(${parts.join(', ')}${repeat > 0 ? ', …' : ''})`;
}

export const wrongCount = (
  compiler: Compiler, entry: FunctionEntry, count: number, { inner }: Syntax,
): Typed => compiler.refuse(inner, 'formula.type', `${signature(entry)} cannot take ${
  count} argument${count === 1 ? '' : 's'}`);
