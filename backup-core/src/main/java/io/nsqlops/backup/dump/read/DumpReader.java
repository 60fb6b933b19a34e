package io.nsqlops.backup.dump.read;

import io.nsqlops.backup.dump.Compression;
import io.nsqlops.backup.dump.FileProblems;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out what a dump is. */
public final class DumpReader {
  private static final int HEAD = 1 << 14;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final Pattern HEADER_DATABASE =
      Pattern.compile("(?m)^-- Host: .*?\\s{2,}Database: (\\S.*?)\\s*$");

  private DumpReader() {}

  /** USAGE if it is none, or not a whole one. */
  public static Dump open(Path path) {
    try {
      return Files.isDirectory(path) ? directory(path) : script(path);
    } catch (IOException e) {
      throw FileProblems.reading(path, e);
    }
  }

  /** The content of a script, decompressed, without a byte order mark. */
  public static InputStream readScript(Path path) throws IOException {
    InputStream in = read(path);
    in.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      in.reset();
    }
    return in;
  }

  /** The content of a file, decompressed. */
  public static InputStream read(Path path) throws IOException {
    Compression compression =
        Compression.of(String.valueOf(path.getFileName())).orElse(Compression.NONE);
    return new BufferedInputStream(compression.decompress(Files.newInputStream(path)), 1 << 16);
  }

  private static Dump script(Path path) throws IOException {
    if (Compression.of(String.valueOf(path.getFileName())).isEmpty()) {
      throw FileNames.unread(path);
    }
    String head = head(path);
    requireScript(path, head);
    Matcher database = HEADER_DATABASE.matcher(head);
    String named = database.find() ? database.group(1) : "";
    DumpOrigin origin = ExportHead.of(head).orElseGet(() -> otherOrigin(head));
    return new Dump(path, origin, List.of(), List.of(), named, false, ExportHead.warnings(head));
  }

  private static DumpOrigin otherOrigin(String head) {
    String engine = engine(head);
    return new DumpOrigin(engine.isEmpty() ? "sql" : "mysqldump", engine, "", Optional.empty());
  }

  private static void requireScript(Path path, String head) {
    if (head.isBlank()) {
      throw new OpsException(
          ErrorKind.USAGE,
          path.toString(),
          "the file " + path + " is empty",
          "dump again; see what the tool said at its end");
    }
    String other = otherThanScript(head);
    if (!other.isEmpty()) {
      throw new OpsException(
          ErrorKind.USAGE,
          path.toString(),
          "the file " + path + " is no script: it is " + other,
          "decompress it first, or name it .gz or .zst if that is what it is; dump without --xml");
    }
  }

  /** What a file is that begins so; empty if it may be a script. */
  private static String otherThanScript(String head) {
    if (head.startsWith("<?xml")) {
      return "XML";
    }
    if (head.startsWith("PK\u0003\u0004")) {
      return "a zip archive";
    }
    boolean compressed =
        head.startsWith("\u001f\u008b")
            || head.startsWith("(\u00b5/\u00fd")
            || head.startsWith("\u00fd7zXZ")
            || head.startsWith("BZh");
    if (compressed) {
      return "compressed";
    }
    return head.indexOf('\0') >= 0 && head.startsWith("ustar", 257) ? "a tar archive" : "";
  }

  private static String engine(String head) {
    if (head.contains("MariaDB dump ") || head.contains("-MariaDB")) {
      return "mariadb";
    }
    return head.contains("MySQL dump ") ? "mysql" : "";
  }

  private static String head(Path path) throws IOException {
    try (InputStream in = readScript(path)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    }
  }

  private static Dump directory(Path path) throws IOException {
    List<Path> inside;
    try (Stream<Path> listed = Files.list(path)) {
      inside = listed.filter(Files::isRegularFile).sorted().toList();
    }
    MetadataFile metadata = metadata(path);
    List<DumpFile> files = new ArrayList<>();
    List<String> warnings = new ArrayList<>(ExportHead.warnings(metadata.text()));
    for (Path file : inside) {
      FileNames.of(file).ifPresent(files::add);
      if (String.valueOf(file.getFileName()).contains("-placement-policy-create.sql")) {
        warnings.add("left out: placement policy of " + file.getFileName());
      }
    }
    if (files.isEmpty()) {
      throw incomplete(path, "holds no file of a dump");
    }
    requireDefinitions(path, files);
    DumpOrigin origin =
        new DumpOrigin(
            tool(metadata, files), engine(files), metadata.position(), metadata.finished());
    boolean utf8 = origin.tool().equals("dumpling") && sayBinary(files);
    return new Dump(path, origin, files, metadata.rows(), "", utf8, warnings);
  }

  private static void requireDefinitions(Path path, List<DumpFile> files) {
    Set<String> defined = new HashSet<>();
    for (DumpFile file : files) {
      if (file.stage() == DumpFile.Stage.TABLE || file.stage() == DumpFile.Stage.SEQUENCE) {
        defined.add(file.database() + '.' + file.table());
      }
    }
    for (DumpFile file : files) {
      String table = file.database() + '.' + file.table();
      if (file.stage() == DumpFile.Stage.DATA && !defined.contains(table)) {
        throw new OpsException(
            ErrorKind.USAGE,
            path.toString(),
            "the directory %s holds rows of %s, and not its definition (%s-schema.sql)"
                .formatted(path, table, table),
            "dump again with definitions (without --no-schemas), or put the file that is missing"
                + " there");
      }
    }
  }

  private static MetadataFile metadata(Path path) throws IOException {
    Path file = path.resolve("metadata");
    if (!Files.exists(file)) {
      throw incomplete(path, "has no file `metadata`");
    }
    MetadataFile metadata = new MetadataFile(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!metadata.isFinished()) {
      throw incomplete(path, "is not whole: its metadata has no line `Finished dump at`");
    }
    return metadata;
  }

  private static OpsException incomplete(Path path, String what) {
    return new OpsException(
        ErrorKind.USAGE,
        path.toString(),
        "the directory " + path + " " + what,
        "name the directory that Dumpling or mydumper wrote to, after it came to its end");
  }

  private static String tool(MetadataFile metadata, List<DumpFile> files) {
    boolean nineDigits =
        files.stream()
            .anyMatch(f -> f.path().getFileName().toString().matches("(?s).*\\.\\d{9,}\\.[a-z.]+"));
    return nineDigits && !metadata.hasSections() ? "dumpling" : "mydumper";
  }

  private static boolean sayBinary(List<DumpFile> files) throws IOException {
    for (DumpFile file : files) {
      if (file.stage() == DumpFile.Stage.TABLE) {
        return head(file.path()).contains("SET NAMES binary");
      }
    }
    return false;
  }

  /** What only one kind of server prints, in the first definition that has it. */
  private static String engine(List<DumpFile> files) throws IOException {
    for (DumpFile file : files) {
      if (file.stage() == DumpFile.Stage.TABLE) {
        String head = head(file.path());
        if (head.contains("/*M!") || head.contains("PAGE_CHECKSUM")) {
          return "mariadb";
        }
        if (head.contains("/*T!") || head.contains("/*T![")) {
          return "tidb";
        }
        if (head.contains("utf8mb4_0900_") || head.contains("/*!80016")) {
          return "mysql";
        }
      }
    }
    return "";
  }
}
