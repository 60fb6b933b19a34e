package io.nsqlops.logs.tail;

/** Where a content is, as far as the last scan could tell. */
enum Presence {
  /** Known from a checkpoint, not looked for yet. */
  UNKNOWN,
  /** Its path leads to it. */
  SEEN,
  /** Known from a checkpoint, and there, but no source names it any more. */
  UNWATCHED,
  /** No path leads to it: deleted, or moved out of sight. */
  GONE,
  /** Its file was truncated: what was not read may be in a copy. */
  TRUNCATED,
  /** Its end was written over, and is another generation. */
  WRITTEN_OVER
}
