import { list, type Obj, obj } from '../page/shared/json.ts';
import { mimeOf } from './mime.ts';
import { fileShape } from './shapes.ts';
import { newId, secret, type State } from './state.ts';
import type { Person, StoredFile } from './types.ts';

/** Slack's own limit for a file_input lies higher; more than this no test needs. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** A file that somebody chose in a form: the bot can read it, and nobody sees it in a conversation. */
export function stage(state: State, person: Person, name: string, bytes: Buffer): StoredFile {
  const file: StoredFile = {
    id: newId(state, 'F'),
    name,
    title: name,
    mime: mimeOf(name),
    bytes,
    altText: '',
    complete: true,
    by: person.id,
    upload: { key: secret(), length: bytes.length },
  };
  state.files.set(file.id, file);
  return file;
}

/** `state.values` with chosen files told in full, as Slack does in a submission. */
export const withFiles = (state: State, values: Obj): Obj =>
  mapped(values, (controls) =>
    mapped(controls, (control) =>
      control['type'] === 'file_input'
        ? {
            ...control,
            files: list(control['files']).flatMap(({ id }) => {
              const file = state.files.get(String(id));
              return file === undefined ? [] : [fileShape(state, file)];
            }),
          }
        : control,
    ),
  );

const mapped = (parts: Obj, change: (part: Obj) => Obj): Obj =>
  Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, change(obj(part))]));
