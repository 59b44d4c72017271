/** Who containers run as: whoever ran `up`, or a plain user when that was root. */
export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
}

const PLAIN_USER: ContainerUser = { uid: 1000, gid: 1000 };

export function containerUser(): ContainerUser {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  return uid === 0 ? PLAIN_USER : { uid, gid };
}

export function formatUser({ uid, gid }: ContainerUser): string {
  return `${uid}:${gid}`;
}
