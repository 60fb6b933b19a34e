package io.nsqlops.backup.repository;

/** Object keys. Names of databases and tables never appear in them. */
public final class RepositoryLayout {
  public static final String DESCRIPTOR = "nsql-ops.json";
  public static final String KEYS = "keys/";
  public static final String CHUNKS = "chunks/";
  public static final String BACKUPS = "backups/";
  public static final String PINS = "pins/";
  public static final String GARBAGE = "garbage/";
  public static final String DAMAGED = "damaged/";
  public static final String BACKUP_LEASES = "leases/backups/";

  /** What a check of the store writes, and deletes if it may. */
  public static final String CHECKED = "status/doctor-";

  static final String VERIFIED = "status/verified";
  static final String PRUNE_LEASES = "leases/prune/";
  static final String STORE_CLOCK = "leases/clock";
  private static final String MANIFEST = "/manifest";

  private RepositoryLayout() {}

  /** The object of a chunk; its name is the chunk's id, seldom with a dot and a number behind. */
  public static String chunk(String name) {
    return CHUNKS + name.substring(0, 2) + "/" + name;
  }

  public static String backupLease(String backupId) {
    return BACKUP_LEASES + backupId;
  }

  /** Prunes are numbered; the highest number holds. */
  static String pruneLease(long number) {
    return PRUNE_LEASES + "%010d".formatted(number);
  }

  static String pin(String backupId) {
    return PINS + backupId;
  }

  public static String manifest(String backupId) {
    return BACKUPS + backupId + MANIFEST;
  }

  public static String schema(String backupId) {
    return BACKUPS + backupId + "/schema";
  }

  /** Sections are numbered from 0 on. */
  public static String section(String backupId, int number) {
    return BACKUPS + backupId + "/sections/%06d".formatted(number);
  }

  public static boolean isManifest(String key) {
    return key.startsWith(BACKUPS) && key.endsWith(MANIFEST);
  }

  /** The backup that an object below {@link #BACKUPS} belongs to. */
  public static String backupIdOf(String key) {
    int end = key.indexOf('/', BACKUPS.length());
    return key.substring(BACKUPS.length(), end < 0 ? key.length() : end);
  }
}
