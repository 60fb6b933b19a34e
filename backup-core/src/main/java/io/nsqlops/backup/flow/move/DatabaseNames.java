package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.DumpNames;
import io.nsqlops.backup.dump.FileProblems;
import io.nsqlops.backup.dump.read.Dump;
import io.nsqlops.backup.dump.read.DumpFile;
import io.nsqlops.backup.dump.read.DumpReader;
import io.nsqlops.backup.model.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real names of the databases of a dump: the statement that makes one tells, whatever codes a
 * tool puts into the names of its files.
 */
final class DatabaseNames {
  private static final Pattern CREATE =
      Pattern.compile("(?i)CREATE\\s+DATABASE\\s+(?:[^`]*?)`((?:[^`]|``)*)`");

  private final Map<String, String> names = new HashMap<>();
  private final SortedSet<String> unmade = new TreeSet<>();

  DatabaseNames(Dump dump) {
    for (DumpFile file : dump.files()) {
      if (file.stage() == DumpFile.Stage.DATABASE) {
        names.put(file.database(), told(file));
      }
    }
    for (DumpFile file : dump.files()) {
      if (!names.containsKey(file.database())) {
        unmade.add(of(file.database()));
      }
    }
  }

  /** Databases that no statement of the dump makes: mydumper leaves that out at times. */
  SortedSet<String> unmade() {
    return unmade;
  }

  String of(DumpFile file) {
    return of(file.database());
  }

  /** By the name that names of files have. */
  String of(String database) {
    return names.getOrDefault(database, DumpNames.decode(database));
  }

  private static String told(DumpFile file) {
    try (InputStream in = DumpReader.read(file.path())) {
      Matcher create = CREATE.matcher(RawText.of(in.readAllBytes()).toString());
      return create.find() ? create.group(1).replace("``", "`") : DumpNames.decode(file.database());
    } catch (IOException e) {
      throw FileProblems.reading(file.path(), e);
    }
  }
}
