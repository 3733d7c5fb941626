import type { FlowNode } from '../api/flow_admin_types.ts';
import { PeopleInput } from '../approval/people_input.tsx';
import { spanText } from '../format/span.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import { Picker } from '../ui/picker.tsx';
import { type Answer, delayMs, delays, firstAnswer } from './script.ts';

interface AnswerRowsProps {
  nodes: FlowNode[];
  answers: Answer[];
  onChange: (answers: Answer[]) => void;
}

const shownOf = (options: { value: string; label: string }[], value: string) =>
  options.find((one) => one.value === value)?.label ?? '';

const dos = ['approve', 'reject', 'return', 'wait'] as const;

/** What is answered at each node, when; and answers of single people. */
export function AnswerRows({ nodes, answers, onChange }: AnswerRowsProps) {
  const t = useT();
  const set = (at: number, change: Partial<Answer>) =>
    onChange(answers.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const labelOf = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  return (
    <ul className="answers">
      {answers.map((answer, at) => {
        const kind = nodes.find(({ id }) => id === answer.node)?.kind;
        const own = answers.slice(0, at).some(({ node }) => node === answer.node);
        const earlier = [{ value: '$start', label: t('route.submit') },
          ...nodes.slice(0, nodes.findIndex(({ id }) => id === answer.node))
            .map(({ id, label }) => ({ value: id, label }))];
        const options = dos.filter((one) => kind !== 'task' || one !== 'reject')
          .map((value) => ({ value, label: t(`sim.do.${kind === 'task' && value === 'approve'
            ? 'complete' : value}`) }));
        const name = labelOf(answer.node);
        const labelled = (key: string, shown: string) => t('flows.labelled', {
          label: t(key, { label: name }), shown });
        return (
          <li key={`${answer.node} ${at}`}>
            <div className="row">
              <b className="grow trunc">{name}</b>
              {own ? (
                <IconButton size="sm" icon="x" label={t('sim.drop', { label: name })}
                  onClick={() => onChange(answers.filter((_, index) => index !== at))} />
              ) : (
                <Button size="sm" look="ghost" icon="useradd" aria-label={t('sim.single_at', {
                  label: name })}
                onClick={() => onChange([...answers.slice(0, at + 1), firstAnswer(answer.node),
                  ...answers.slice(at + 1)])}>
                  {t('sim.single')}
                </Button>
              )}
            </div>
            {own && (
              <PeopleInput id={`answer-${at}`} label={t('sim.who_at', { label: name })}
                value={answer.person ? [{ id: answer.person.id, name: answer.person.name ?? '' }]
                  : []}
                onChange={([person]) => set(at, { person: person ?? null })} />
            )}
            <div className="row">
              <Picker
                small label={labelled('sim.answer_at', shownOf(options, answer.do))}
                value={[answer.do]} options={options} shown={shownOf(options, answer.do)}
                onChange={([value]) => set(at, { do: (value ?? 'approve') as Answer['do'] })}
              />
              {answer.do === 'return' && (
                <Picker
                  small label={labelled('sim.to_at', shownOf(earlier, answer.to))}
                  value={[answer.to]} options={earlier} shown={shownOf(earlier, answer.to)}
                  onChange={([to]) => set(at, { to: to ?? '$start' })}
                />
              )}
              {answer.do !== 'wait' && (
                <Picker
                  small label={labelled('sim.after_at', delayText(answer.after, t))}
                  value={[answer.after]}
                  options={delays.map((value) => ({ value, label: delayText(value, t) }))}
                  shown={delayText(answer.after, t)}
                  onChange={([after]) => set(at, { after: after ?? delays[0] })}
                />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const delayText = (after: string, t: ReturnType<typeof useT>) => {
  const ms = delayMs(after);
  return ms === 0 ? t('sim.at_once') : t('sim.after', { span: spanText(ms) });
};
