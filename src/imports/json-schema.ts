import { z } from 'zod';
import { mappingSchema } from './schema.ts';

/** What a mapping's file holds, as JSON Schema for editors: `mapping.schema.json` is this. */
export const mappingJsonSchema = () => ({
  title: 'A mapping of Coxswain: how the rows of a file become seats',
  ...z.toJSONSchema(mappingSchema, { io: 'input', target: 'draft-2020-12' }),
});
