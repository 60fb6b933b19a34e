package io.nsqlops.backup.store;

/** How long an object is meant to stay, which its key tells. */
public enum Lasting {
  /** Rows; most of the bytes. Written once. */
  CHUNK,
  /** What is needed to read them. Written once. */
  DIRECTORY,
  /** Leases, lists and probes: rewritten or soon deleted. */
  PASSING;

  /** What the object of this key is. */
  public static Lasting of(String key) {
    if (key.startsWith("chunks/")) {
      return CHUNK;
    }
    boolean directory =
        key.startsWith("backups/") || key.startsWith("keys/") || key.equals("nsql-ops.json");
    return directory ? DIRECTORY : PASSING;
  }
}
