export { default as AddressInput } from './address_input.tsx';
export { FilesInput } from './files_input.tsx';
export { ImageInput } from './image_input.tsx';
export { JsonInput } from './json_input.tsx';
export { LocationInput } from './location_input.tsx';
export { ReferencesInput } from './references_input.tsx';
export { default as SignatureInput } from './signature_input.tsx';
