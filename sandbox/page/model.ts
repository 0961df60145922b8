/** What the server tells the page. Blocks and views are Block Kit as the app sent it. */
export type Block = { readonly [key: string]: unknown };

export interface MessageView {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly onlyYou: boolean;
  readonly edited: boolean;
  readonly revision: number;
  readonly replies: number;
  readonly repliers: readonly string[];
  readonly lastReply: string;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly title: string;
    readonly mime: string;
    readonly alt: string;
  }[];
}

export interface ConversationView {
  readonly id: string;
  readonly kind: 'channel' | 'im';
  readonly name: string;
  readonly topic: string;
  readonly members: number;
  readonly unread: number;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly title: string;
  readonly zone: string;
  /** Unread direct messages from the app. */
  readonly unread: number;
}

export interface ModalView {
  readonly id: string;
  readonly hash: string;
  readonly content: Block;
  readonly errors: { readonly [blockId: string]: string };
  readonly problem: string;
}

export interface Snapshot {
  readonly team: string;
  readonly me: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly command: string;
  readonly shortcuts: readonly { readonly label: string; readonly callbackId: string }[];
  readonly people: readonly PersonView[];
  readonly conversations: readonly ConversationView[];
  readonly at: string;
  readonly messages: readonly MessageView[];
  readonly thread: { readonly parent: MessageView; readonly replies: readonly MessageView[] } | undefined;
  readonly home: ModalView | undefined;
  readonly modals: readonly ModalView[];
  readonly clock: {
    readonly now: number;
    readonly zone: string;
    readonly moving: boolean;
    readonly playing?: number | undefined;
    readonly behind: boolean;
    readonly problem: string;
  };
  readonly commands: readonly {
    readonly usage: string;
    readonly summary: string;
    readonly examples: readonly string[];
  }[];
}
