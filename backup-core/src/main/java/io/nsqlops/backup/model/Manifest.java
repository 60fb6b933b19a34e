package io.nsqlops.backup.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commit record of a backup: it exists if and only if this does, and it names every object the
 * backup needs (chunks are named in the sections).
 *
 * @param id sorts by time: {@code 20261124T020000Z-1a2b3c4d}
 * @param codec version of the canonical text of rows
 * @param server the server that was backed up
 * @param snapshot the moment all rows belong to
 * @param tags free labels of the user
 * @param totals the figures for catalogues
 * @param schema databases, views, routines, …; one object
 * @param sections tables and their chunks, in name order
 * @param warnings what the user should know: invalid views, tables without transactions
 * @param scope what of the server it holds
 */
public record Manifest(
    String id,
    int codec,
    ServerInfo server,
    SnapshotPoint snapshot,
    Instant started,
    Instant finished,
    Map<String, String> tags,
    Totals totals,
    StoredObject schema,
    List<StoredObject> sections,
    List<String> warnings,
    Scope scope) {

  /**
   * @param storedBytes of all chunks the backup needs, whoever stored them
   * @param newBytes stored by this backup, its manifest excepted
   */
  public record Totals(
      long tables,
      long rows,
      long bytes,
      long storedBytes,
      long newBytes,
      long chunks,
      long newChunks) {}

  /** Of everything. */
  public Manifest(
      String id,
      int codec,
      ServerInfo server,
      SnapshotPoint snapshot,
      Instant started,
      Instant finished,
      Map<String, String> tags,
      Totals totals,
      StoredObject schema,
      List<StoredObject> sections,
      List<String> warnings) {
    this(
        id, codec, server, snapshot, started, finished, tags, totals, schema, sections, warnings,
        Scope.ALL);
  }

  /** That there is more in the server than in the backup; empty if there is not. */
  public Optional<String> restriction() {
    List<String> lines = scope.describe();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "backup %s is not of the whole server: %s".formatted(id, String.join("; ", lines)));
  }

  public Manifest {
    tags = Map.copyOf(tags);
    sections = List.copyOf(sections);
    warnings = List.copyOf(warnings);
  }
}
