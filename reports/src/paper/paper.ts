import type { Language } from '@carbon-ledger/core';

/** How something stands: said in a word and a sign too, never by colour alone. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain';

export interface Column {
  readonly title: string;
  /** Share of the width, relative to those of the other columns. */
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** A cell's text, or a text with how it stands. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

/** One piece of a paper. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly quiet?: boolean }
  | { readonly kind: 'verdict'; readonly text: string; readonly tone: Tone }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Names and values, in two columns. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** The row of titles is repeated on each page. */
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }
  /** A QR code with what it leads to written beside it. */
  | { readonly kind: 'code'; readonly content: string; readonly text: string };

/** A file inside the paper. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly description: string;
}

/** All that a paper says. The same paper gives the same bytes: nothing is taken from a clock, a machine or chance. */
export interface Paper {
  readonly language: Language;
  readonly title: string;
  /** Under the title: what it is about. */
  readonly subtitle: string;
  /** At the foot of every page, left of the page number. */
  readonly foot: string;
  /** RFC 3339: the date that the file itself bears. */
  readonly dated: string;
  /** What tools find it by, such as a schema and a record id. */
  readonly keywords: readonly string[];
  readonly blocks: readonly Block[];
  readonly attachments: readonly Attachment[];
}

/** The one of both texts that a paper of this language has. */
export function inLanguage(language: Language): (zh: string, en: string) => string {
  return (zh, en) => (language === 'zh' ? zh : en);
}
