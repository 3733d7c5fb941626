import { referenceOf } from '../columns.ts';
import type { InputProps } from '../field_type.ts';
import { FileInput } from './file_input.tsx';

/** A picture: its file, and how it looks. */
export function ImageInput(props: InputProps) {
  const image = referenceOf(props.value, 'name');
  return (
    <div className="picture">
      {image && <img src={`/api/v1/files/${image.id}`} alt={image.name || props.field.label} />}
      <FileInput {...props} accept="image/*" />
    </div>
  );
}
