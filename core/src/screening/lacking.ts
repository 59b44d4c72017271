/** Why a check could not be run at a record: it lacks something. It never passes silently. */
export class Lacking extends Error {
  override readonly name = 'Lacking';
}
