/** A scope map: what the tokens that name it may do. */
export interface ScopeMap {
  readonly id: string;
  readonly name: string;
  /** `UserDefined` or `SystemDefined`; some api-versions say `IsUserDefined`. */
  readonly type: string | null;
  /** `repositories/<repository>/content/read`, `gateway/<connected registry>/message/write`, … in no stable order. */
  readonly actions: readonly string[];
}
