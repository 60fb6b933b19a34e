package io.nsqlops.backup.repository;

/** Object keys. Names of databases and tables never appear in them. */
public final class RepositoryLayout {
  public static final String DESCRIPTOR = "nsql-ops.json";
  public static final String KEYS = "keys/";
  public static final String CHUNKS = "chunks/";
  public static final String BACKUPS = "backups/";
  private static final String MANIFEST = "/manifest";

  private RepositoryLayout() {}

  public static String chunk(String id) {
    return CHUNKS + id.substring(0, 2) + "/" + id;
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

  static boolean isManifest(String key) {
    return key.startsWith(BACKUPS) && key.endsWith(MANIFEST);
  }

  static String backupIdOf(String manifestKey) {
    return manifestKey.substring(BACKUPS.length(), manifestKey.length() - MANIFEST.length());
  }
}
