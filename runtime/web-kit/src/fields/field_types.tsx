import { isZero } from '../format/decimal.ts';
import type { Money } from '../format/money.ts';
import { phoneText } from '../format/phone.ts';
import { t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Tag } from '../ui/tag.tsx';
import { targetOf } from './columns.ts';
import { severalCurrencies, sumsCell } from './currencies.tsx';
import {
  type CellContext, type FieldType, hasCurrencies, isEmptyValue, isSound,
} from './field_type.ts';
import { structured } from './field_types_structured.tsx';
import { optionLook } from './hues.ts';
import { BooleanInput } from './inputs/boolean_input.tsx';
import { ChoiceInput } from './inputs/choice_input.tsx';
import { ChoicesInput } from './inputs/choices_input.tsx';
import { DateInput } from './inputs/date_input.tsx';
import { DateTimeInput } from './inputs/date_time_input.tsx';
import { ColorInput, RatingInput, ReferencesInput, RichTextInput } from './inputs/lazy_inputs.tsx';
import { LongTextInput } from './inputs/long_text_input.tsx';
import { NumberInput } from './inputs/number_input.tsx';
import { ReferenceInput } from './inputs/reference_input.tsx';
import { TextInput } from './inputs/text_input.tsx';
import { TimeInput } from './inputs/time_input.tsx';
import { plainText } from './rich_text/plain_text.ts';
import { Unread } from './unread.ts';

type Named = { id: string; name: string; inactive?: true };
const plain = (value: unknown) => (isEmptyValue(value) ? '' : String(value));
const scaleFor = (field: CellContext['field']) =>
  (field.type === 'integer' ? 0 : field.type === 'decimal' ? field.scale ?? 2 : field.scale);

const text: FieldType = {
  family: 'text', width: 180, end: false, cell: plain, text: plain,
  input: (props) => <TextInput {...props} />,
};
const number: FieldType = {
  family: 'number', width: 112, end: true,
  cell: (value, { application, field }) =>
    application.formats.number(String(value), scaleFor(field)),
  text: (value, context) => plain(number.cell(value, context)),
  input: (props) => <NumberInput {...props} />,
};
const money: FieldType = {
  ...number, width: 132,
  cell: (value, { application, field }) => {
    const { sign, currency, amount } = application.formats.money(
      String(value), field.currency, field.scale ?? 2);
    return <span className="num">{sign}<span className="cur">{currency}</span>{amount}</span>;
  },
  text: (value, { application, field }) =>
    application.formats.moneyText(String(value), field.currency, field.scale ?? 2),
};
const percent: FieldType = {
  ...number, width: 88,
  cell: (value, { application }) => application.formats.percent(String(value)),
  text: (value, { application }) => application.formats.percent(String(value)),
};
const rating: FieldType = {
  ...number, width: 108, end: false,
  cell: (value, { field }) => (
    <span className="stars" role="img" aria-label={`${value} / ${field.maximum ?? 5}`}>
      {Array.from({ length: Number(field.maximum ?? 5) }, (_, index) => (
        <Icon key={index} name="star" size={14} className={index < Number(value) ? 'lit' : ''} />
      ))}
    </span>
  ),
  text: plain,
  input: (props) => <RatingInput {...props} />,
};
const boolean: FieldType = {
  family: 'boolean', width: 84, end: false,
  cell: (value) => (value ? <Icon name="check" className="ok" /> : <span className="dim">—</span>),
  text: (value) => (value ? '✓' : '—'),
  input: (props) => <BooleanInput {...props} />,
};
const date: FieldType = {
  family: 'date', width: 120, end: true,
  cell: (value, { application }) => application.formats.date(String(value), application.today),
  text: (value, context) => plain(date.cell(value, context)),
  input: (props) => <DateInput {...props} />,
};
const datetime: FieldType = {
  family: 'datetime', width: 148, end: true,
  cell: (value, { application }) => (
    <time dateTime={String(value)} title={application.formats.dateTime(String(value))}>
      {application.formats.relative(String(value))}
    </time>
  ),
  text: (value, { application }) => application.formats.dateTime(String(value)),
  input: (props) => <DateTimeInput {...props} />,
};
const time: FieldType = {
  family: 'time', width: 84, end: true, cell: (value) => plain(value).slice(0, 5),
  text: (value) => plain(value).slice(0, 5), input: (props) => <TimeInput {...props} />,
};
const optionTag = (name: unknown, { field }: CellContext) => {
  const index = field.options?.findIndex((option) => option.name === name) ?? -1;
  const option = field.options?.[index];
  if (!option) return <Tag key={String(name)}>{String(name)}</Tag>;
  return <Tag key={option.name} {...optionLook(option.color, index)}>{option.label}</Tag>;
};
const optionText = (name: unknown, { field }: CellContext) =>
  field.options?.find((option) => option.name === name)?.label ?? plain(name);
const choice: FieldType = {
  family: 'choice', width: 120, end: false, cell: optionTag, text: optionText,
  input: (props) => <ChoiceInput {...props} />,
};
const choices: FieldType = {
  family: 'choices', width: 156, end: false,
  cell: (value, context) => (
    <span className="tags">{(value as unknown[]).map((name) => optionTag(name, context))}</span>
  ),
  text: (value, context) => context.application.formats.list(
    (Array.isArray(value) ? value : []).map((name) => optionText(name, context))),
  input: (props) => <ChoicesInput {...props} />,
};
function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { name = '', inactive } = (value ?? {}) as Partial<Named>;
  return inactive ? t('pick.inactive', { name }) : name;
}
const idOf = (value: unknown) => (typeof value === 'string' ? value : (value as Named).id);
const reference: FieldType = {
  family: 'reference', width: 160, end: false,
  cell: (value, { field }) => (
    <span className="who">
      <Avatar name={nameOf(value)} square={targetOf(field) !== 'user'} />
      <span className="trunc">{nameOf(value)}</span>
    </span>
  ),
  text: nameOf,
  input: (props) => <ReferenceInput {...props} />,
};
const references: FieldType = {
  family: 'references', width: 180, end: false,
  cell: (value) => (
    <span className="tags">
      {(value as unknown[]).map((one) => <Tag key={idOf(one)}>{nameOf(one)}</Tag>)}
    </span>
  ),
  text: (value, { application }) => application.formats.list(
    (Array.isArray(value) ? value : []).map(nameOf)),
  input: (props) => <ReferencesInput {...props} />,
};
const linked = (
  prefix: string, width: number, shown = (target: string) => target.replace(/^https?:\/\//, ''),
): FieldType => ({
  ...text, width,
  cell: (value) => (
    <a
      className="link soft trunc" href={prefix + plain(value)} rel="noreferrer"
      target={prefix ? undefined : '_blank'} onClick={(event) => event.stopPropagation()}
    >
      {shown(plain(value))}
    </a>
  ),
});
const phone: FieldType = {
  ...linked('tel:', 148, phoneText), text: (value) => phoneText(plain(value)),
};
const color: FieldType = {
  ...text, width: 108,
  cell: (value) => (
    <span className="who"><i className="swatch" style={{ background: plain(value) }} />
      {plain(value)}
    </span>
  ),
  input: (props) => <ColorInput {...props} />,
};
const barcode: FieldType = {
  ...text, width: 148, cell: (value) => <span className="digits">{plain(value)}</span>,
};
const longText: FieldType = {
  ...text, width: 220, input: (props) => <LongTextInput {...props} />,
};
const bareText = (value: unknown) => plainText(plain(value)).replace(/\n/g, ' ');
const richText: FieldType = {
  ...text, width: 220, cell: bareText, text: bareText,
  input: (props) => <RichTextInput {...props} />,
};
const types: Record<string, FieldType> = {
  ...structured, text, long_text: longText, rich_text: richText, integer: number, decimal: number,
  number, money, percent, rating,
  boolean, date, time, datetime, choice, choices, reference, user: reference,
  department: reference, email: linked('mailto:', 200), phone,
  url: linked('', 200), color, references, users: references,
  reference_list: references, barcode, auto_number: text,
};

export const isDerived = ({ type }: CellContext['field']) =>
  type === 'formula' || type === 'rollup' || type === 'lookup';

/** The entry of a field; a derived field is shown as what it results in. */
export function fieldTypeOf(field: CellContext['field']): FieldType {
  if (hasCurrencies(field)) return severalCurrencies;
  if (isDerived(field)) {
    if (field.result === 'number' && field.currency) return money;
    if (field.result === 'text' && field.options) return choice;
    if (field.result === 'text_list') return choices;
    return types[field.result ?? 'text'] ?? text;
  }
  return types[field.type] ?? text;
}

export function cellOf(value: unknown, context: CellContext): React.ReactNode {
  if (isEmptyValue(value)) return <span className="dim">—</span>;
  if (value instanceof Unread) return value.text;
  if (!isSound(context.field, value)) return String(value);
  return fieldTypeOf(context.field).cell(value, context);
}

/** A total: of amounts in several currencies one for each. */
export const totalCell = (total: unknown, context: CellContext): React.ReactNode =>
  (Array.isArray(total) && total.length > 0 ? sumsCell(total as Money[], context)
    : cellOf(total, context));

export function textOf(value: unknown, context: CellContext): string {
  if (value instanceof Unread) return value.text;
  if (!isEmptyValue(value) && !isSound(context.field, value)) return String(value);
  return isEmptyValue(value) ? '—' : fieldTypeOf(context.field).text(value, context);
}

export const isNegative = (value: unknown) =>
  typeof value === 'string' && value.startsWith('-') && !isZero(value);
