import { findConversation } from '../conversations.ts';
import { list, text } from '../../page/shared/json.ts';
import { post } from '../messages.ts';
import { mimeOf } from '../mime.ts';
import { fileShape } from '../shapes.ts';
import { newId, originOf, secret, type State } from '../state.ts';
import type { StoredFile } from '../types.ts';
import {
  type Answer,
  done,
  fail,
  integer,
  type Method,
  missing,
  reads,
  structured,
  writes,
} from './method.ts';

/** Where the bytes of an announced file are expected. */
const uploadPath = (id: string, key: string): string => `/sandbox/slack/upload/${id}/${key}`;

function announce(state: State, args: Parameters<Method['run']>[1]): Answer {
  const name = text(args['filename']);
  const length = integer(args, 'length', 0);
  if (name === '') return missing('filename');
  if (length === 0) return missing('length');
  const id = newId(state, 'F');
  const key = secret();
  const file: StoredFile = {
    id,
    name,
    title: name,
    mime: mimeOf(name),
    bytes: Buffer.alloc(0),
    altText: text(args['alt_txt']),
    complete: false,
    by: state.setup.botUserId,
    upload: { key, length },
  };
  state.files.set(id, file);
  return done({ upload_url: `${originOf(state)}${uploadPath(id, key)}`, file_id: id });
}

function complete(state: State, args: Parameters<Method['run']>[1]): Answer {
  const given = structured(args, 'files');
  if (given === 'broken') return fail('invalid_arguments', ['files is not JSON']);
  const wanted = list(given.value);
  if (wanted.length === 0) return missing('files');
  const channelRef = text(args['channel_id']) || text(args['channels']);
  const channel = channelRef === '' ? undefined : findConversation(state, channelRef);
  if (channelRef !== '' && channel === undefined) return fail('channel_not_found');
  const files: StoredFile[] = [];
  for (const entry of wanted) {
    const file = state.files.get(text(entry['id']));
    if (file === undefined || file.bytes.length === 0) return fail('file_not_found');
    const made = { ...file, complete: true, title: text(entry['title']) || file.title };
    state.files.set(made.id, made);
    files.push(made);
  }
  if (channel !== undefined) {
    const threadTs = text(args['thread_ts']);
    post(state, {
      channel: channel.id,
      user: state.setup.botUserId,
      text: text(args['initial_comment']),
      blocks: [],
      files: files.map((f) => f.id),
      ...(threadTs === '' ? {} : { threadTs }),
    });
  }
  return done({ files: files.map((f) => fileShape(state, f)) });
}

export const files: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': reads('files:write', announce),
  'files.completeUploadExternal': writes('files:write', complete),
  'files.info': reads('files:read', (state, args) => {
    const file = state.files.get(text(args['file']));
    return file?.complete === true ? done({ file: fileShape(state, file) }) : fail('file_not_found');
  }),
  'files.delete': writes('files:write', (state, args) =>
    state.files.delete(text(args['file'])) ? done() : fail('file_not_found'),
  ),
};
