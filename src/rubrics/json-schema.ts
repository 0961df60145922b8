import { z } from 'zod';
import { rubricSchema } from './schema.ts';

/** What a rubric's file holds, as JSON Schema for editors: `rubric.schema.json` is this. */
export const rubricJsonSchema = () => ({
  title: 'A rubric of Coxswain',
  ...z.toJSONSchema(rubricSchema, { io: 'input', target: 'draft-2020-12' }),
});
