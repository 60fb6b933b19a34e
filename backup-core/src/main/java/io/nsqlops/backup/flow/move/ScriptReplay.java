package io.nsqlops.backup.flow.move;

import io.nsqlops.backup.dump.DumpNames;
import io.nsqlops.backup.dump.FileProblems;
import io.nsqlops.backup.dump.read.CsvFile;
import io.nsqlops.backup.dump.read.DumpFile;
import io.nsqlops.backup.dump.read.DumpReader;
import io.nsqlops.backup.dump.read.Statement;
import io.nsqlops.backup.dump.read.StatementSplitter;
import io.nsqlops.backup.dump.read.StatementSplitter.Ending;
import io.nsqlops.backup.engine.CsvContent;
import io.nsqlops.backup.engine.ScriptSession;
import io.nsqlops.backup.error.ErrorKind;
import io.nsqlops.backup.error.OpsException;
import io.nsqlops.backup.flow.Progress;
import io.nsqlops.backup.model.QuotedName;
import io.nsqlops.backup.model.Quoting;
import io.nsqlops.backup.model.RawText;
import io.nsqlops.backup.model.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the scripts of a dump in one session. Used by one thread. */
final class ScriptReplay implements AutoCloseable {
  private static final Pattern INFILE =
      Pattern.compile(
          "(?is)LOAD DATA\\s+(?:(?:LOW_PRIORITY|CONCURRENT)\\s+)?LOCAL\\s+INFILE\\s+"
              + "(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")");

  private static final Pattern NAMES_BINARY = Pattern.compile("(?i)^SET\\s+NAMES\\s+'?binary\\b");
  private static final byte[] NAMES_UTF8 = RawText.ofUtf8("SET NAMES utf8mb4").bytes();

  private final ScriptSession session;
  private final ReplayNotes notes;
  private final Progress progress;
  private final BooleanSupplier givenUp;
  private final boolean utf8;

  /**
   * In a session, which is closed with it.
   *
   * @param utf8 whether texts are UTF-8 although the files say that they are bytes
   */
  ScriptReplay(
      ScriptSession session,
      ReplayNotes notes,
      Progress progress,
      BooleanSupplier givenUp,
      boolean utf8) {
    this.utf8 = utf8;
    this.session = session;
    this.notes = notes;
    this.progress = progress;
    this.givenUp = givenUp;
  }

  /**
   * Runs a file of a dump in a directory.
   *
   * @param database its real name; empty if the file makes it
   */
  void file(DumpFile file, String database) {
    file(file, database, new PartFilter());
  }

  void file(DumpFile file, String database, StatementFilter filter) {
    if (!database.isEmpty()) {
      session.run(RawText.ofUtf8("USE " + QuotedName.of(database)).bytes());
    }
    if (file.form() == DumpFile.Form.CSV) {
      csv(file, database);
    } else {
      script(file.path(), ending(file), filter);
    }
  }

  /** Makes a database, as the server makes them. */
  void database(String name) {
    session.run(RawText.ofUtf8("CREATE DATABASE IF NOT EXISTS " + QuotedName.of(name)).bytes());
  }

  /** Runs a script; errors name the line. */
  void script(Path path, Ending ending, StatementFilter filter) {
    try (InputStream in = DumpReader.readScript(path)) {
      StatementSplitter splitter = new StatementSplitter(in, ending);
      Quoting quoting = Quoting.USUAL;
      for (Optional<Statement> next = splitter.next(); next.isPresent(); next = splitter.next()) {
        Statement statement = next.get();
        checkGoingOn();
        String verb = statement.verb();
        for (String before : filter.before(statement, verb)) {
          session.run(RawText.ofUtf8(before).bytes());
        }
        if (!statement.isEmpty() && filter.wants(statement, verb)) {
          run(path, statement, verb, filter);
          if (verb.equals("SET")
              || statement.head().toUpperCase(Locale.ROOT).contains("SQL_MODE")) {
            quoting = session.quoting();
          }
        }
        splitter.quoting(quoting);
        progress.advanced(0, statement.length());
      }
      filter.end(path);
    } catch (IOException e) {
      throw FileProblems.reading(path, e);
    } catch (UncheckedIOException e) {
      throw FileProblems.reading(path, new IOException(e.getMessage(), e));
    }
  }

  private void run(Path path, Statement statement, String verb, StatementFilter filter)
      throws IOException {
    try {
      Optional<String> warning =
          switch (verb) {
            case "INSERT", "REPLACE" -> session.insert(statement.sql());
            case "LOAD" -> load(path, statement);
            default -> {
              session.run(
                  utf8 && NAMES_BINARY.matcher(statement.head()).find()
                      ? NAMES_UTF8
                      : statement.sql());
              yield Optional.empty();
            }
          };
      warning.ifPresent(w -> notes.add(path.getFileName() + ":" + statement.line() + ": " + w));
      filter.ran(statement, verb);
    } catch (OpsException e) {
      OpsException told = refused(path + ":" + statement.line(), e);
      if (!filter.forgives(told)) {
        throw told;
      }
    }
  }

  /** The file beside the script that a LOAD DATA statement names; no other is ever read. */
  private Optional<String> load(Path path, Statement statement) throws IOException {
    Matcher named = INFILE.matcher(statement.head());
    if (!named.find()) {
      throw new OpsException(
          ErrorKind.USAGE,
          path + ":" + statement.line(),
          path + ":" + statement.line() + ": only LOAD DATA LOCAL INFILE 'NAME' is understood",
          "name the file so, and put it beside the script");
    }
    String quoted = named.group(1) == null ? named.group(2) : named.group(1);
    String plain = quoted.replaceAll("\\\\(.)", "$1");
    Path file = path.resolveSibling(plain.substring(plain.lastIndexOf('/') + 1));
    if (!Files.isRegularFile(file)) {
      throw new OpsException(
          ErrorKind.USAGE,
          file.toString(),
          "the data file " + file + " is not there",
          "put it beside the script that names it");
    }
    try (InputStream content = DumpReader.read(file)) {
      return session.load(statement.sql(), content);
    }
  }

  private void csv(DumpFile file, String database) {
    Path path = file.path();
    try (InputStream in = DumpReader.read(path)) {
      TableName table = new TableName(database, DumpNames.decode(file.table()));
      CsvFile csv = CsvFile.open(in, path.toString());
      Optional<String> warning =
          session.loadCsv(
              table,
              new CsvContent(csv.columns(), csv.endsWithCarriageReturn(), utf8, csv, csv::records));
      warning.ifPresent(w -> notes.add(path.getFileName() + ": " + w));
      progress.advanced(0, Files.size(path));
    } catch (IOException e) {
      throw FileProblems.reading(path, e);
    } catch (UncheckedIOException e) {
      throw FileProblems.reading(path, new IOException(e.getMessage(), e));
    } catch (OpsException e) {
      throw refused(path.toString(), e);
    }
  }

  /** mydumper leaves out delimiters and ends lines of programs with a space instead. */
  private static Ending ending(DumpFile file) {
    boolean programs =
        file.stage() == DumpFile.Stage.PROGRAM || file.stage() == DumpFile.Stage.TRIGGER;
    return programs && !holdsDelimiter(file.path()) ? Ending.LINE : Ending.DELIMITER;
  }

  private static boolean holdsDelimiter(Path path) {
    try (InputStream in = DumpReader.read(path)) {
      String text = RawText.of(in.readAllBytes()).toString();
      return Pattern.compile("(?mi)^DELIMITER[ \\t]+\\S").matcher(text).find();
    } catch (IOException e) {
      throw FileProblems.reading(path, e);
    }
  }

  private void checkGoingOn() {
    if (givenUp.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new OpsException(
          ErrorKind.INTERRUPTED, "import", "the import was given up", "run the same command again");
    }
  }

  private static OpsException refused(String place, OpsException e) {
    if (e.kind() == ErrorKind.TRANSIENT) {
      return e;
    }
    return new OpsException(
        ErrorKind.USAGE,
        place,
        place + ": " + e.getMessage(),
        "mend the dump there, or use a scratch server of the kind and version it was made of"
            + " (--source-engine, --scratch)",
        e);
  }

  @Override
  public void close() {
    session.close();
  }
}
