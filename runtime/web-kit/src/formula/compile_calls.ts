import { adapted, checkedOption, readLiteral } from './compile_operators.ts';
import {
  areMixed, exchangeIn, goTogether, isMoney, refuseMixed,
} from './compile_money.ts';
import { aggregateIn } from './compile_rows.ts';
import { unitAccepted, unitOfResult, unitsAgreed } from './compile_units.ts';
import { changeIn, writtenOut } from './compile_written.ts';
import { asText, type Compiler } from './compiler.ts';
import { parseDate } from './date.ts';
import { parseDateFormat } from './date_format.ts';
import { parseDurationFormat } from './duration_format.ts';
import type { FunctionEntry, Parameter, Takes } from './function_entry.ts';
import {
  findFunction, functions, ofCalendar, parameterAt, takesCount, takesHolidays, takesOrdered,
  wrongCount,
} from './functions.ts';
import { isDateUnit } from './functions_date.ts';
import { parseNumberFormat } from './number_format_reader.ts';
import type { Syntax } from './parser.ts';
import { didYouMean } from './suggest.ts';
import { asciiUpper, piece } from './token.ts';
import { type Node, nodeOf, type Typed, typedOf } from './tree.ts';
import { isList, isReferring, type Kind } from './value.ts';

/** Of money in several currencies they ask only whether it is there. */
const givenOrNot = new Set(['ISBLANK', 'COUNT', 'COUNTA']);
const anything = new Set<Takes>(['any', 'T', 'S', 'rows']);
const ordered = new Set<Kind>(['number', 'date', 'time', 'datetime']);
const takesWords: Partial<Record<Takes, string>> = {
  boolean: 'true or false', number: 'a number', text: 'a text', text_list: 'a list of texts',
  list: 'a list', item: 'a text or a reference',
  'date|datetime': 'a date, with or without time',
  'date|datetime|text': 'dates, or the name of a calendar,',
  'time|datetime': 'a time of day, or a date with time',
  'text|datetime': 'a text, or a date with time', 'number|text': 'a text or a number',
  'number|date|time|datetime': 'a number, a date or a time', 'rows|boolean': 'true or false',
  'rows|number': 'a number', 'rows|T': 'something else than a list or JSON',
};

function accepts(takes: Takes, { free, kind }: Typed): boolean {
  if (free || anything.has(takes)) return true;
  if (takes === 'rows|T') return !isList(kind) && kind !== 'json';
  if (takes === 'list') return isList(kind);
  return takes === 'item' ? kind === 'text' || kind === 'reference'
    : takes.split('|').includes(kind);
}

const isSameType = (a: Typed, b: Typed): boolean =>
  a.kind === b.kind && goTogether(a.unit, b.unit)
  && (!isReferring(a.kind) || a.object === b.object);

export function calledIn(compiler: Compiler, syntax: Syntax): Typed {
  const name = piece(compiler.text, syntax.name);
  const entry = findFunction(name);
  const special = entry && (aggregateIn(compiler, entry, syntax)
    ?? (entry.parameters[0]?.takes === 'field' ? changeIn(compiler, entry, syntax) : null));
  if (special) return special;
  if (entry?.name === 'EXCHANGE') return exchangeIn(compiler, entry, syntax);
  const asksGiven = entry !== undefined && givenOrNot.has(entry.name);
  const args = syntax.operands.map((operand) => (asksGiven ? compiler.anyPart(operand)
    : compiler.part(operand)));
  if (!entry) {
    return compiler.refuse(syntax.name, 'formula.unknown', `there is no function "${name}"${
      didYouMean(asciiUpper(name), [...functions().keys()])}`);
  }
  if (!takesCount(entry, args.length)) {
    return wrongCount(compiler, entry, args.length, syntax);
  }
  return callOf(compiler, entry, args);
}

/** The call, once its arguments are judged. */
export function callOf(compiler: Compiler, entry: FunctionEntry, args: Typed[]): Typed {
  const agreeing = unitsAgreed(compiler, entry, judgedKinds(compiler, entry, args));
  const judged = judgedLiterals(compiler, entry, agreeing);
  return judged.every(({ node }) => node) ? built(compiler, entry, judged) : compiler.nothing();
}

/** The argument, or its problem. */
export function acceptedBy(
  compiler: Compiler, entry: FunctionEntry, parameter: Parameter, argument: Typed,
): Typed {
  const { takes, name } = parameter;
  if (!argument.node) return argument;
  if (accepts(takes, argument)) return unitAccepted(compiler, entry, parameter, argument);
  return compiler.refuse(argument.span, 'formula.type', `${entry.name} needs ${
    takesWords[takes] ?? 'a value'} as its ${name}, and ${compiler.described(argument)}`);
}

function judgedKinds(compiler: Compiler, entry: FunctionEntry, given: Typed[]): Typed[] {
  const parameters = given.map((_, i) => parameterAt(entry, i, given.length));
  const args = given.map((argument, i) => {
    const parameter = parameters[i] ?? parameterAt(entry, 0, 1);
    return acceptedBy(compiler, entry, parameter, argument);
  });
  const group = (takes: Takes, change: (parts: Typed[]) => Typed[]) => {
    const places = args.flatMap((_, i) => (parameters[i]?.takes === takes ? [i] : []));
    const changed = change(places.flatMap((place) => args[place] ?? []));
    places.forEach((place, i) => {
      const typed = changed[i];
      if (typed) args[place] = typed;
    });
  };
  group('S', (parts) => agreed(compiler, adapted(compiler, parts), 'S'));
  group('T', (parts) => agreed(compiler, parts, takesOrdered(entry) ? 'ordered' : 'T'));
  return args;
}

/** Those that differ from the one that decides are problems. */
export function agreed(compiler: Compiler, group: Typed[], way: 'T' | 'S' | 'ordered'): Typed[] {
  const counted = group.filter(({ node, free, kind }) =>
    node && !free && (way !== 'ordered' || ordered.has(kind)));
  const plain = way === 'S' ? counted.find(({ isTextLiteral }) => !isTextLiteral) : undefined;
  const model = plain ?? counted[0];
  const money = group.find(({ node, free, unit }) => node && !free && isMoney(unit));
  return group.map((typed) => {
    if (!typed.node || typed.free) return typed;
    if (money && areMixed(money.unit, typed.unit)) {
      return refuseMixed(compiler, money, typed, typed.span);
    }
    if (way === 'ordered' && !ordered.has(typed.kind)) {
      return compiler.refuse(typed.span, 'formula.type',
        `this needs a number, a date or a time, and ${compiler.described(typed)}`);
    }
    if (!model || isSameType(typed, model)) return typed;
    const alike = typed.kind === model.kind && goTogether(typed.unit, model.unit);
    const elsewhere = alike ? ', to another object' : '';
    return compiler.refuse(typed.span, 'formula.type', `these must be of one kind: ${
      compiler.described(model)}, ${compiler.described(typed)}${elsewhere}`);
  });
}

/** Of HAS: what stands beside a list is of the kind that the list holds. */
function judgedItem(compiler: Compiler, list: Typed, given: Typed): Typed {
  if (!list.node || list.free || !given.node || given.free) return given;
  const refers = list.kind === 'reference_list';
  const item = refers && given.isTextLiteral
    ? { ...readLiteral(compiler, given, 'reference'), object: list.object }
    : checkedOption(compiler, given, list.options);
  const wanted = refers ? 'reference' : 'text';
  if (!item.node || (item.kind === wanted && (!refers || item.object === list.object))) return item;
  const elsewhere = refers && item.kind === wanted ? ', to another object' : '';
  return compiler.refuse(item.span, 'formula.type', `the list never holds this: ${
    compiler.described(list)}, ${compiler.described(item)}${elsewhere}`);
}

const numberFormats = '"0.00", "#,##0", "0%" or, with words, "0 ""kg"""';

/** Of TEXT: the words for what would be one; null: it is one. */
function otherFormat({ free, kind, unit }: Typed, format: string): string | null {
  if (unit === 'duration') return parseDurationFormat(format) ? null : '"[h]:mm" or "hh:mm:ss"';
  if (free || kind === 'number') {
    return parseNumberFormat(format) ? null : numberFormats;
  }
  return parseDateFormat(format, kind) ? null : '"yyyy-mm-dd" or "hh:mm"';
}

/** Of WORKDAY: one calendar by its name, and then no days beside it. */
function judgedCalendar(compiler: Compiler, { name }: FunctionEntry, args: Typed[]): Typed[] {
  return args.map((typed, i) => {
    if (i < 2 || !typed.node || typed.free || typed.kind !== 'text') return typed;
    if (args.length > 3) {
      return compiler.refuse(typed.span, 'formula.type',
        `${name} takes one calendar by its name, or holidays as dates`);
    }
    const isDay = typed.isTextLiteral && parseDate(String(typed.node.value ?? '')) !== null;
    return isDay ? compiler.refuse(typed.span, 'formula.type',
      'a text here is the name of a calendar; a holiday is DATE(2026, 10, 1)') : typed;
  });
}

function judgedLiterals(compiler: Compiler, entry: FunctionEntry, args: Typed[]): Typed[] {
  const { name } = entry;
  const literal = (typed: Typed | undefined): string | null => (typed?.node && typed.isTextLiteral
    ? String(typed.node.value ?? '') : null);
  const replaced = (place: number, message: string) => args.map((typed, i) =>
    (i === place ? compiler.refuse(typed.span, 'formula.type', message) : typed));
  const [first, second, third] = args;
  if (takesHolidays(entry)) return judgedCalendar(compiler, entry, args);
  if (name === 'HAS' && first?.node && second) {
    return [first, judgedItem(compiler, first, second)];
  }
  if (name === 'TEXT') {
    const format = literal(second);
    const other = format === null || !first?.node ? null : otherFormat(first, format);
    return other === null ? args : replaced(1, `this is no format; one is ${other}`);
  }
  if (name === 'DATEDIF') {
    const unit = literal(third);
    if (unit && !isDateUnit(unit)) {
      return replaced(2, 'the unit is "Y", "M", "D", "YM", "MD" or "YD"');
    }
  }
  return args;
}

function built(compiler: Compiler, entry: FunctionEntry, args: Typed[]): Typed {
  const byName = takesHolidays(entry) && args.length === 3 && args[2] && !args[2].free
    && args[2].kind === 'text' ? ofCalendar(entry.name) : null;
  if (byName) return built(compiler, byName, args);
  const written = writtenOut(entry, args);
  if (written) return written;
  const [first] = args;
  if (entry.parameters[0]?.takes === 'text|datetime' && first?.node && !first.free
    && first.kind === 'datetime') {
    const op = entry.result === 'date' ? 'local_date' : 'local_time';
    return typedOf(entry.result ?? 'date', nodeOf(op, [first.node]));
  }
  const parameters = args.map((_, i) => parameterAt(entry, i, args.length));
  const children = args.map((argument, i) => converted(entry, parameters[i], argument));
  compiler.live ||= entry.op === 'today' || entry.op === 'now' || entry.looksUp;
  compiler.looksUp ||= entry.looksUp;
  const node = nodeOf(entry.op, children, { entry });
  if (entry.result) return typedOf(entry.result, node, { unit: unitOfResult(entry, args) });
  return likeThem(node, args.filter((_, i) => parameters[i]?.takes === 'T'));
}

/** One of these: of their kind; an amount where one of them is. */
export function likeThem(node: Node, values: Typed[]): Typed {
  const given = values.filter(({ free }) => !free);
  const [model] = given;
  if (!model) return typedOf('text', node, { free: true });
  const unit = given.find((one) => one.unit)?.unit ?? '';
  return typedOf(model.kind, node, { object: model.object, unit });
}

function converted(
  entry: FunctionEntry, parameter: Parameter | undefined, typed: Typed,
): Node {
  const node = typed.node ?? nodeOf('literal');
  if (typed.free || !parameter) return node;
  if (typed.kind === 'datetime' && parameter.takes.startsWith('date|datetime')) {
    return nodeOf('local_date', [node]);
  }
  if (typed.kind === 'datetime' && parameter.takes === 'time|datetime') {
    return nodeOf('local_time', [node]);
  }
  if (parameter.takes === 'number|text') return asText(typed);
  const joins = entry.result === 'text' && parameter.takes === 'any';
  const keepsList = entry.op === 'call' && typed.kind === 'text_list';
  return joins && !keepsList ? asText(typed) : node;
}
