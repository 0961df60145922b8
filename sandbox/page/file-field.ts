import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { type FieldProps, aria } from './field-props.ts';
import { handOver } from './store.ts';

/** What chosen files are called, by id: a browser forgets it when a form is drawn anew. */
const names = new Map<string, string>();

/** A file from the disk. It is handed over at once, as Slack does; the form only carries its id. */
export function FileField({ props }: { props: FieldProps }): ComponentChildren {
  const { element, id, value, onValue } = props;
  const types = Array.isArray(element['filetypes']) ? (element['filetypes'] as readonly string[]) : [];
  const chosen = names.get(value?.[0] ?? '');
  const choose = async (e: Event) => {
    const file = (e.target as HTMLInputElement).files?.[0];
    const given = file === undefined ? undefined : await handOver(file);
    if (file !== undefined && given !== undefined) names.set(given, file.name);
    onValue(given === undefined ? null : [given]);
  };
  return html`<div class="file-field">
    <input
      type="file"
      id=${id}
      ...${aria(props)}
      accept=${types.map((type) => `.${type}`).join(',') || undefined}
      onChange=${choose}
    />
    ${chosen === undefined ? null : html`<small>Chosen: ${chosen}</small>`}
  </div>`;
}
