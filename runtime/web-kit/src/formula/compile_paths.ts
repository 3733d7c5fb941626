import { noPartOfMoney, partOfMoney } from './compile_money.ts';
import type { Compiler } from './compiler.ts';
import { currencyName, type Member } from './names.ts';
import type { Syntax } from './parser.ts';
import { didYouMean } from './suggest.ts';
import { piece, type Span } from './token.ts';
import { nodeOf, type Typed, typedOf } from './tree.ts';

const namesMax = 4;

/** Whose names they are: the record's, those of a row in an aggregate, $user's, before a change. */
export type From = 'record' | 'row' | 'user' | 'old';

export function pathIn(compiler: Compiler, syntax: Syntax): Typed {
  const [start = syntax.inner, ...behind] = syntax.steps;
  const first = piece(compiler.text, start);
  const { object, names: known } = compiler.environment;
  const names = first.startsWith('$') ? behind : syntax.steps;
  if (names.length > namesMax) {
    return compiler.refuse(syntax.inner, 'formula.limit',
      `a path has at most ${namesMax} names`);
  }
  if (names !== behind) {
    return compiler.row ? resolved(compiler, syntax, names, compiler.row.object, 'row')
      : resolved(compiler, syntax, names, object, 'record');
  }
  if (first === '$record' || (first === '$old' && known.tellsChanges)) {
    return own(compiler, syntax, first, names);
  }
  const root = context(compiler, first, start);
  const [step] = behind;
  if (!root.node || !step) return root;
  if (root.kind === 'reference') return resolved(compiler, syntax, behind, root.object, 'user');
  return compiler.refuse(step, 'formula.type', `${compiler.described(root)} and has no fields`);
}

/** $record.amount, where the names of a row stand before it; $old.amount, one name. */
function own(compiler: Compiler, syntax: Syntax, name: string, names: Span[]): Typed {
  const { object } = compiler.environment;
  if (names.length === 0) {
    return compiler.refuse(syntax.inner, 'formula.type',
      `the name of a field must follow ${name}`);
  }
  if (name === '$record') return resolved(compiler, syntax, names, object, 'record');
  const [first = syntax.inner, second] = names;
  const money = second && compiler.environment.names.member(object, piece(compiler.text, first));
  const part = money && partOfMoney(money, piece(compiler.text, second));
  return names[1] && (!part || names[2]) ? compiler.refuse(names[1], 'formula.type',
    '$old knows the record\'s own fields only') : resolved(compiler, syntax, names, object, 'old');
}

function context(compiler: Compiler, name: string, span: Span): Typed {
  compiler.live = true;
  switch (name) {
    case '$user': return typedOf('reference', nodeOf('user'), { object: 'user', span });
    case '$team':
      return compiler.refuse(span, 'formula.unknown', '$team can be asked for in filters only');
    case '$now': return typedOf('datetime', nodeOf('now'), { span });
    case '$today': return typedOf('date', nodeOf('today'), { span });
    default: return compiler.refuse(span, 'formula.unknown',
      `there is no "${name}"${didYouMean(name, ['$user', '$now', '$today', '$record', '$team'])}`);
  }
}

export function resolved(
  compiler: Compiler, syntax: Syntax, names: Span[], object: string, from: From,
): Typed {
  const steps: string[] = from === 'user' ? ['$user'] : [];
  let member: Member | null = null;
  let place = object;
  let before = syntax.inner;
  for (const step of names) {
    if (member?.currencies) {
      const part = partOfMoney(member, piece(compiler.text, step));
      if (!part) return noPartOfMoney(compiler, before, step);
      if (part.kind === 'text') steps.push(currencyName(steps.pop() ?? ''));
      member = part;
      before = step;
      continue;
    }
    if (member) {
      if (member.kind !== 'reference') {
        const typed = typedOf(member.kind, null, { span: before });
        return compiler.refuse(step, 'formula.type',
          `${compiler.described(typed)} and has no fields`);
      }
      place = member.object;
    }
    const name = piece(compiler.text, step);
    member = compiler.environment.names.member(place, name);
    if (!member) return unknownField(compiler, place, step);
    steps.push(name);
    before = step;
  }
  return member ? memberNode(compiler, member, steps, from) : compiler.nothing();
}

export function memberNode(
  compiler: Compiler, member: Member, steps: string[], from: From,
): Typed {
  const { kind, object, options, unit = '' } = member;
  const alone = steps.length === 1;
  const ops = {
    record: alone ? 'field' : 'path', row: alone ? 'row_field' : 'row_path', user: 'path',
    old: 'old_field',
  } as const;
  if (from === 'row') compiler.needOfRow(steps);
  else compiler.need(from === 'old' ? ['$old', ...steps] : steps);
  return typedOf(kind, nodeOf(ops[from], [], { steps }), { object, options, unit });
}

export function unknownField(compiler: Compiler, object: string, span: Span): Typed {
  const { names } = compiler.environment;
  const name = piece(compiler.text, span);
  if (names.many?.(object, name)) {
    return compiler.refuse(span, 'formula.type',
      `${name} are many: they stand first in SUM, COUNT and the like`);
  }
  const guess = didYouMean(name, names.members(object));
  return compiler.refuse(span, 'formula.unknown',
    `there is no field "${name}"${object ? ` in ${object}` : ''}${guess}`);
}
