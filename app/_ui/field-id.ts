/** Id of the control of a field; the error summary links to it. */
export function fieldId(name: string): string {
  return `f-${name}`;
}
