import type { ServerResponse } from 'node:http';
import { type Html, html, sendPage } from '../../http/page.ts';
import type { Welcome } from '../platform.ts';
import type { Checked } from './install-state.ts';
import { COMMAND, SCOPES } from './scopes.ts';

export const INSTALL_PATH = '/slack/install';

const again = html`<p><a href="${INSTALL_PATH}">Start the installation again</a></p>`;

/** What will be installed, what it may do there and why, and the way to Slack. */
export function sendInstallPage(res: ServerResponse, authorize: string, cookie: string): void {
  const rows: Html[] = Object.entries(SCOPES).map(
    ([scope, why]) =>
      html`<tr>
        <th scope="row"><code>${scope}</code></th>
        <td>${why}</td>
      </tr>`,
  );
  const body = html`<p>
      Coxswain runs the operating rhythm around your company’s AI systems: named owners, a few numbers a week,
      and somebody who is asked until someone answers.
    </p>
    <p><a class="button" href="${authorize}">Install in Slack</a></p>
    <p class="note">
      Slack asks once more before anything happens. A workspace that is new here gets an organisation of its
      own, and you get the code that makes you its admin. Where Coxswain is installed already, everything
      stays as it is.
    </p>
    <h2>What it asks for, and why</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Scope</th>
          <th scope="col">What for</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <p class="note">
      It reads no channel’s messages but lines that mention it, and asks for nothing in your own name.
    </p>`;
  sendPage(res, 200, 'Install Coxswain in Slack', body, { 'set-cookie': cookie });
}

/** It is installed. The code stands here and nowhere else. */
export function sendWelcome(
  res: ServerResponse,
  where: { readonly workspace: string; readonly open: string },
  { adminCode, fresh }: Welcome,
): void {
  const code =
    adminCode === undefined
      ? html`<p>
          Its admins, seats and numbers are as they were. What waited for this workspace is sent now.
        </p>`
      : html`<p>
            Nobody is admin yet. Become admin by typing this in Slack; it works once, and is shown only here
            and now:
          </p>
          <p><code>${COMMAND} admin claim ${adminCode}</code></p>
          <p class="note">Lost it? As long as nobody is admin, installing again shows a new one.</p>`;
  const body = html`${code}
    <p><a class="button" href="${where.open}">Open Slack</a></p>
    <p class="note">
      Then invite it to a channel, <code>/invite @Coxswain</code>, and type <code>${COMMAND} help</code>.
    </p>`;
  const title = `Coxswain is installed in ${where.workspace}`;
  sendPage(res, 200, fresh ? title : `${title} again`, body);
}

const STATES: Readonly<Record<Exclude<Checked, 'good'>, { readonly title: string; readonly why: string }>> = {
  missing: {
    title: 'This installation did not begin here',
    why: 'Slack sent no state along. Installations begin at this page, also those for a whole Enterprise Grid.',
  },
  expired: {
    title: 'That took longer than ten minutes',
    why: 'To be safe, an installation has to be finished within ten minutes. Nothing was installed.',
  },
  'not ours': {
    title: 'This installation began in another browser',
    why: 'It has to be finished in the browser in which it began, with cookies allowed. Nothing was installed.',
  },
  used: {
    title: 'This installation was finished before',
    why: 'The address of this page works once. If Coxswain answers in your workspace, all is well.',
  },
};

export function sendStateFault(res: ServerResponse, fault: Exclude<Checked, 'good'>): void {
  const { title, why } = STATES[fault];
  sendPage(
    res,
    400,
    title,
    html`<p>${why}</p>
      ${again}`,
  );
}

export function sendDenied(res: ServerResponse): void {
  const why = 'You, or an admin of your workspace, did not allow it. Nothing was installed.';
  sendPage(
    res,
    200,
    'Coxswain was not installed',
    html`<p>${why}</p>
      ${again}`,
  );
}

/** `word` is Slack's own code for it. */
export function sendRefused(res: ServerResponse, word: string): void {
  const body = html`<p>
      Slack did not finish the installation (<code>${word}</code>). Nothing was installed.
    </p>
    ${again}`;
  sendPage(res, 502, 'Slack did not finish the installation', body);
}
