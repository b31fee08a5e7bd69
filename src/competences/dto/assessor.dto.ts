export class AssessorView {
  id: string;
  /** @example "Lone Bech" */
  name: string;
}
