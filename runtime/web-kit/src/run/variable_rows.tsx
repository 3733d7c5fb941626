import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon_button.tsx';
import type { VariableRow } from './variables.ts';

interface VariableRowsProps {
  rows: VariableRow[];
  onChange: (rows: VariableRow[]) => void;
}

/** Variables of the run by their names, with what they are to be. */
export function VariableRows({ rows, onChange }: VariableRowsProps) {
  const t = useT();
  const set = (at: number, change: Partial<VariableRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <div className="variables">
      {rows.map((row, index) => (
        <div className="row" key={index}>
          <div className="in grow"><input
            value={row.name} placeholder={t('run.variable')} spellCheck={false}
            aria-label={t('run.variable_at', { number: index + 1 })}
            data-first={index === 0 || undefined}
            onChange={(event) => set(index, { name: event.target.value })}
          /></div>
          <div className="in grow"><input
            value={row.value} placeholder={t('run.value')}
            aria-label={t('run.value_at', { number: index + 1 })}
            onChange={(event) => set(index, { value: event.target.value })}
          /></div>
          <IconButton icon="x" label={t('run.variable_remove', { number: index + 1 })}
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button look="ghost" size="sm" icon="plus"
        onClick={() => onChange([...rows, { name: '', value: '' }])}>
        {t('run.variable_add')}
      </Button>
    </div>
  );
}
