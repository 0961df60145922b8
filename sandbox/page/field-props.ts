import type { Value } from './shared/elements.ts';
import type { Obj } from './shared/json.ts';

export interface FieldProps {
  readonly element: Obj;
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly label: string;
  readonly id: string;
  readonly describedBy?: string;
  readonly wrong?: boolean;
  readonly optional?: boolean;
  /** Asks the app for the choices that fit what was typed. */
  readonly search?: ((typed: string) => Promise<readonly Obj[]>) | undefined;
}

/** What screen readers hear about a field. */
export const aria = (props: FieldProps) => ({
  'aria-invalid': props.wrong === true ? 'true' : undefined,
  'aria-describedby': props.describedBy,
  'aria-required': props.optional === true ? undefined : 'true',
});
