import type { Compiler } from './compiler.ts';
import type { Member } from './names.ts';
import type { Syntax } from './parser.ts';
import { didYouMean } from './suggest.ts';
import { piece, type Span } from './token.ts';
import { nodeOf, type Typed, typedOf } from './tree.ts';

const namesMax = 4;

export function pathIn(compiler: Compiler, syntax: Syntax): Typed {
  const [start = syntax.inner, ...behind] = syntax.steps;
  const first = piece(compiler.text, start);
  const names = first.startsWith('$') ? behind : syntax.steps;
  if (names.length > namesMax) {
    return compiler.refuse(syntax.inner, 'formula.limit',
      `a path has at most ${namesMax} names`);
  }
  if (names !== behind) return resolved(compiler, syntax, names, compiler.environment.object, []);
  const root = context(compiler, first, start);
  const [step] = behind;
  if (!root.node || !step) return root;
  if (root.kind === 'reference') return resolved(compiler, syntax, behind, root.object, [first]);
  return compiler.refuse(step, 'formula.type', `${compiler.described(root)} and has no fields`);
}

function context(compiler: Compiler, name: string, span: Span): Typed {
  compiler.live = true;
  switch (name) {
    case '$user': return typedOf('reference', nodeOf('user'), { object: 'user', span });
    case '$now': return typedOf('datetime', nodeOf('now'), { span });
    case '$today': return typedOf('date', nodeOf('today'), { span });
    default: return compiler.refuse(span, 'formula.unknown',
      `there is no "${name}"${didYouMean(name, ['$user', '$now', '$today'])}`);
  }
}

/** `root`: what stands before the names, `$user` or nothing. */
function resolved(
  compiler: Compiler, syntax: Syntax, names: Span[], object: string, root: string[],
): Typed {
  const { environment, text } = compiler;
  const steps = [...root];
  let member: Member | null = null;
  let place = object;
  let before = syntax.inner;
  for (const step of names) {
    if (member) {
      if (member.kind !== 'reference') {
        const typed = typedOf(member.kind, null, { span: before });
        return compiler.refuse(step, 'formula.type',
          `${compiler.described(typed)} and has no fields`);
      }
      place = member.object;
    }
    const name = piece(text, step);
    member = environment.names.member(place, name);
    if (!member) {
      const guess = didYouMean(name, environment.names.members(place));
      return compiler.refuse(step, 'formula.unknown',
        `there is no field "${name}"${place ? ` in ${place}` : ''}${guess}`);
    }
    steps.push(name);
    before = step;
  }
  if (!member) return compiler.nothing();
  compiler.need(steps);
  const { kind, object: to, options } = member;
  return typedOf(kind, nodeOf(steps.length === 1 ? 'field' : 'path', [], { steps }),
    { object: to, options });
}
