import type { Delimiter } from './delimiter.ts';
import type { ImportField } from './fields.ts';

/** Where the value of a field comes from: a column, several of them, a template, or one value for all rows. */
export interface FieldRule {
  readonly column?: string | undefined;
  readonly columns?: readonly string[] | undefined;
  /** Between the columns; a line break when left out. */
  readonly join?: string | undefined;
  /** `{Agency}: {Use Case Name}` */
  readonly template?: string | undefined;
  readonly value?: string | undefined;
  /** What stands in the file, whatever its case and spaces, and what it means here. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** What everything means that `values` does not name. */
  readonly else?: string | undefined;
  /** Where nothing stands in the file. */
  readonly default?: string | undefined;
  /** A row without it is skipped. */
  readonly required?: boolean | undefined;
  /** Of a list: what stands between its items. */
  readonly split?: string | undefined;
  /** A longer text is cut at a word and kept whole in extra (`keep`), or its row is skipped (`skip`). */
  readonly too_long?: 'keep' | 'skip' | undefined;
}

/** Rows that are not meant: whose column holds one of these, or nothing at all. */
export interface SkipRule {
  readonly column: string;
  readonly is: readonly string[];
}

/** How the rows of a file become seats. */
export interface Mapping {
  /** The inventory that the rows come from; together with a row's id it finds the same seat again. */
  readonly source: string;
  readonly id?: FieldRule | undefined;
  /** A second row with the same id is skipped, or counted on: `…#2`. */
  readonly repeated: 'skip' | 'number';
  readonly encoding?: string | undefined;
  readonly delimiter?: Delimiter | undefined;
  /** Texts that say nothing: `N/A`. */
  readonly blank: readonly string[];
  readonly fields: { readonly [F in ImportField]?: FieldRule | undefined };
  readonly skip: readonly SkipRule[];
  /** What becomes of columns that no field uses. */
  readonly extra: 'keep' | 'ignore' | readonly string[];
  readonly ignore: readonly string[];
}

/** A fault of a mapping, and where it stands in it. */
export interface MappingFault {
  readonly path: readonly (string | number)[];
  readonly say: string;
}

/** What a row says, as far as it can be told without looking at the seats that are there. */
export interface MappedRow {
  readonly row: number;
  /** The inventory's own name for it. */
  readonly id: string;
  readonly values: Readonly<Partial<Record<ImportField, string | number | readonly string[]>>>;
  readonly extra: Readonly<Record<string, string>>;
  /** What whoever imports should know of it. */
  readonly notes: readonly string[];
  /** Texts that are longer than their field; all of them is kept in extra. */
  readonly shortened?: readonly string[];
  /** The seat above stands in the same file, and may come later. */
  readonly parentFollows?: true;
}

/** A row that is not taken. */
export interface SkippedRow {
  readonly row: number;
  readonly why: string;
  /** As meant: by a rule of the mapping, or since nothing stands in it. */
  readonly meant: boolean;
}
