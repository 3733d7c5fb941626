import type { Application } from '../api/application.tsx';
import { durationText } from '../format/duration.ts';
import { t } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { addressText } from './address.ts';
import type { FieldType } from './field_type.ts';
import {
  AddressInput, DurationInput, FileInput, FilesInput, ImageInput, JsonInput, LocationInput,
  SignatureInput,
} from './inputs/lazy_inputs.tsx';

// The entries of types with content of their own kind: files, pictures, places, spans of time,
// JSON, lines.

type Named = { id: string; name: string };
const nameOf = (value: unknown) => (value as Named | null)?.name ?? '';
const fileAt = (value: unknown) => `/api/v1/files/${(value as Named).id}`;
const placeOf = (value: unknown) => value as { latitude?: string; longitude?: string };

const json: FieldType = {
  family: 'other', width: 220, end: false, cell: (value) => JSON.stringify(value),
  text: (value) => JSON.stringify(value), input: (props) => <JsonInput {...props} />,
};
const fileLink = (value: unknown) => (
  <a
    key={(value as Named).id} className="link" href={fileAt(value)} download
    onClick={(event) => event.stopPropagation()}
  >
    <Icon name="clip" size={14} /> {nameOf(value)}
  </a>
);
const file: FieldType = {
  family: 'other', width: 160, end: false, cell: fileLink, text: nameOf,
  input: (props) => <FileInput {...props} />,
};
const files: FieldType = {
  ...file,
  cell: (value) => <span className="tags">{(value as unknown[]).map(fileLink)}</span>,
  text: (value, { application }) => application.formats.list(
    (Array.isArray(value) ? value : []).map(nameOf)),
  input: (props) => <FilesInput {...props} />,
};
const image: FieldType = {
  ...file, width: 88,
  cell: (value, { field }) => (
    <img className="thumb" src={fileAt(value)} alt={nameOf(value) || field.label} loading="lazy" />
  ),
  input: (props) => <ImageInput {...props} />,
};
const signature: FieldType = {
  ...image, width: 112,
  cell: (value, { field }) => (
    <img
      className="thumb sign" src={fileAt(value)} alt={t('signature.of', { label: field.label })}
      loading="lazy"
    />
  ),
  text: (_, { field }) => t('signature.of', { label: field.label }),
  input: (props) => <SignatureInput {...props} />,
};
const duration: FieldType = {
  family: 'duration', width: 96, end: true,
  cell: (value, { application }) => durationText(String(value), application.formats.locale),
  text: (value, { application }) => durationText(String(value), application.formats.locale),
  input: (props) => <DurationInput {...props} />,
};
const countryIn = ({ formats }: Application) => (code: string) =>
  new Intl.DisplayNames(formats.locale, { type: 'region' }).of(code) ?? code;
const address: FieldType = {
  family: 'other', width: 240, end: false,
  cell: (value, { application }) => addressText(value, countryIn(application)),
  text: (value, { application }) => addressText(value, countryIn(application)),
  input: (props) => <AddressInput {...props} />,
};
const placeText = (value: unknown) => {
  const { latitude = '', longitude = '' } = placeOf(value);
  return `${latitude}, ${longitude}`;
};
const location: FieldType = {
  family: 'other', width: 180, end: false,
  cell: (value) => (
    <a
      className="link soft digits" onClick={(event) => event.stopPropagation()}
      href={`geo:${placeText(value).replace(' ', '')}`}
    >
      {placeText(value)}
    </a>
  ),
  text: placeText, input: (props) => <LocationInput {...props} />,
};
const lineCount = (value: unknown) =>
  (Array.isArray(value) ? t('record.rows', { count: value.length }) : '');
const children: FieldType = {
  family: 'other', width: 96, end: false, cell: lineCount, text: lineCount, input: () => null,
};

export const structured: Record<string, FieldType> = {
  json, file, files, image, signature, duration, address, location, children };
