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
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out what a dump is. */
public final class DumpReader {
  private static final int HEAD = 1 << 14;
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

  /** The content of a file, decompressed. */
  public static InputStream read(Path path) throws IOException {
    Compression compression =
        Compression.of(String.valueOf(path.getFileName())).orElse(Compression.NONE);
    return new BufferedInputStream(compression.decompress(Files.newInputStream(path)), 1 << 16);
  }

  private static Dump script(Path path) throws IOException {
    String head = head(path);
    String engine = engine(head);
    String tool =
        head.contains("-- nsql-ops backup") ? "nsql-ops" : engine.isEmpty() ? "sql" : "mysqldump";
    Matcher database = HEADER_DATABASE.matcher(head);
    String named = database.find() ? database.group(1) : "";
    DumpOrigin origin = new DumpOrigin(tool, engine, "", Optional.empty());
    return new Dump(path, origin, List.of(), named, List.of());
  }

  private static String engine(String head) {
    if (head.contains("MariaDB dump ") || head.contains("-MariaDB")) {
      return "mariadb";
    }
    Matcher ours = Pattern.compile("(?m)^-- of .* \\((\\w+) ").matcher(head);
    if (ours.find()) {
      return ours.group(1);
    }
    return head.contains("MySQL dump ") ? "mysql" : "";
  }

  private static String head(Path path) throws IOException {
    try (InputStream in = read(path)) {
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
    List<String> warnings = new ArrayList<>();
    for (Path file : inside) {
      FileNames.of(file).ifPresent(files::add);
      if (String.valueOf(file.getFileName()).contains("-placement-policy-create.sql")) {
        warnings.add("left out: placement policy of " + file.getFileName());
      }
    }
    if (files.isEmpty()) {
      throw incomplete(path, "holds no file of a dump");
    }
    DumpOrigin origin =
        new DumpOrigin(
            tool(metadata, files), engine(files), metadata.position(), metadata.finished());
    return new Dump(path, origin, files, "", warnings);
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
